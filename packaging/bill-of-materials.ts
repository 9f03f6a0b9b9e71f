import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, shippedPackages } from './bundled-packages.ts';
import type { Bill, Component } from './npm-bill.ts';
import { ROOT } from './places.ts';

/** What a package contains: the desktop app, the command line, or both. */
export type Contents = 'desktop' | 'cli' | 'desktop and cli';

/** The packaged file that a bill is for. */
export interface PackagedFile {
  readonly name: string;
  readonly contents: Contents;
  /** Hexadecimal. */
  readonly sha256: string;
}

const PROGRAMS: Readonly<Record<Contents, readonly Program[]>> = {
  desktop: ['main', 'preload', 'renderer'],
  cli: ['main'],
  'desktop and cli': ['main', 'preload', 'renderer'],
};

/**
 * The CycloneDX bill of one packaged file: of all that npm knows, what is in the file. That is not what package.json
 * calls production: the window's packages are bundled, and stand among those for development there.
 */
export function billOfMaterials(all: Bill, file: PackagedFile): Bill {
  const shipped = new Set([
    ...shippedPackages(PROGRAMS[file.contents]).map(({ name, version }) => `${name}@${version}`),
    ...runtimes(file.contents),
  ]);
  const components = [...shipped].map(ref => required(all, ref));
  const { component } = all.metadata;
  return {
    ...all,
    metadata: {
      ...all.metadata,
      component: {
        ...component,
        // npm takes the folder's name.
        name: 'keysmith',
        hashes: [{ alg: 'SHA-256', content: file.sha256 }],
        properties: [{ name: 'keysmith:file', value: file.name }],
      },
    },
    components,
    dependencies: [
      { ref: component['bom-ref'], dependsOn: [...shipped] },
      ...all.dependencies
        .filter(({ ref }) => shipped.has(ref))
        .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(on => shipped.has(on)) })),
    ],
  };
}

/** The programs that run it: npm's packages of them only fetch the binaries, at the same version. */
function runtimes(contents: Contents): readonly string[] {
  const named = { desktop: ['electron'], cli: ['node'], 'desktop and cli': ['electron', 'node'] }[contents];
  return named.map(name => `${name}@${installedVersion(name)}`);
}

function installedVersion(name: string): string {
  const manifest = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

/** A component as what is shipped, which npm may only know as needed for development. */
function required(all: Bill, ref: string): Component {
  const found = all.components.find(component => component['bom-ref'] === ref);
  if (!found) throw new Error(`${ref} is shipped, and package-lock.json does not know it.`);
  const { properties = [] } = found;
  return {
    ...found,
    scope: 'required',
    properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  };
}
