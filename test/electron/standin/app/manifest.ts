import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The app as its package.json describes it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  /** The module to run as the main process. */
  readonly entry: string;
}

/** The Electron version this project is built for, from the `electron` package. */
export const electronVersion: string = createRequire(import.meta.url)(
  '../../../../node_modules/electron/package.json',
).version;

/** Reads the app at `appPath`; a bare file runs under Electron's own name and version, as Electron does it. */
export function readManifest(appPath: string): Manifest {
  const target = path.resolve(appPath);
  if (!existsSync(target)) throw new Error(`electron stand-in: there is no app at ${target}`);
  if (!statSync(target).isDirectory()) {
    return { name: 'Electron', version: electronVersion, folder: path.dirname(target), entry: target };
  }
  const json = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  return {
    name: json.productName ?? json.name ?? 'Electron',
    version: json.version ?? electronVersion,
    folder: target,
    entry: path.join(target, json.main ?? 'index.js'),
  };
}
