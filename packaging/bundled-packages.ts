import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './places.ts';

/** A package of which code is in a program. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX. */
  readonly license: string;
  /** The licence in full; empty where the package has no file of it. */
  readonly text: string;
}

export type Program = 'main' | 'preload' | 'renderer';

/** As Vite writes it. */
interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly identifier?: string | null;
  readonly text?: string | null;
}

/** Packages that are not bundled but lie beside the programs, by folder, with the files of their licences. */
const BESIDE = [
  ['better-sqlite3', 'LICENSE'],
  ['keytar', 'LICENSE.md'],
] as const;

/** Every npm package whose code is in these programs or beside them, once each. */
export function shippedPackages(programs: readonly Program[]): readonly ShippedPackage[] {
  const found = new Map<string, ShippedPackage>();
  for (const shipped of [...programs.flatMap(bundledInto), ...BESIDE.map(packageBeside)])
    found.set(`${shipped.name}@${shipped.version}`, shipped);
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, shipped]) => shipped);
}

function bundledInto(program: Program): readonly ShippedPackage[] {
  const list = readFileSync(join(ROOT, 'dist', program, '.vite/license.json'), 'utf8');
  return (JSON.parse(list) as readonly BundledPackage[]).map(({ name, version, identifier, text }) => {
    if (!identifier) throw new Error(`${name} ${version} names no licence, and is bundled into ${program}.`);
    return { name, version, license: identifier, text: text ?? '' };
  });
}

function packageBeside([folder, file]: (typeof BESIDE)[number]): ShippedPackage {
  const place = join(ROOT, 'node_modules', folder);
  const { name, version, license } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license: string;
  };
  return { name, version, license, text: readFileSync(join(place, file), 'utf8') };
}
