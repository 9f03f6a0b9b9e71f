/**
 * `node packaging/open-for-tests.ts release/linux-unpacked`: makes a copy of a packed app that can be driven, and
 * prints its executable, for KEYSMITH_PACKED_APP.
 *
 * A packed app refuses to be driven: a fuse turns the debugger off, and main ends where it finds itself packed and asked
 * to be debugged remotely. In the copy that one fuse is on, and the executable is called `electron`, by which Electron
 * tells apps that are not packed. All else, app.asar and how it is checked above all, is what is shipped.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { FuseV1Options, flipFuses } from '@electron/fuses';
import { FUSES } from './fuses.ts';
import { PARTS } from './places.ts';

/** @returns the executable of the copy */
export async function openForTests(packed: string, copy: string): Promise<string> {
  rmSync(copy, { recursive: true, force: true });
  cpSync(packed, copy, { recursive: true, verbatimSymlinks: true });
  const executable = renamed(copy);
  await flipFuses(executable, { ...FUSES, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  if (process.platform === 'darwin') signAnew(copy);
  return executable;
}

/** Gives the executable the name by which Electron knows that it is not packed. */
function renamed(folder: string): string {
  const bundle = readdirSync(folder).find(name => name.endsWith('.app'));
  if (bundle) {
    // The bundle's own executable stays: its Info.plist names it.
    const place = join(folder, bundle, 'Contents/MacOS');
    copyFileSync(join(place, basename(bundle, '.app')), join(place, 'Electron'));
    return join(place, 'Electron');
  }
  const windows = existsSync(join(folder, 'Keysmith.exe'));
  const executable = join(folder, windows ? 'electron.exe' : 'electron');
  renameSync(join(folder, windows ? 'Keysmith.exe' : 'keysmith-desktop'), executable);
  return executable;
}

/** macOS runs nothing whose signature does not hold; without the hardened runtime, which a made-up one cannot satisfy. */
function signAnew(folder: string): void {
  const bundle = readdirSync(folder).find(name => name.endsWith('.app')) ?? '';
  const { status, stderr } = spawnSync(
    'codesign',
    ['--force', '--deep', '--sign', '-', join(folder, bundle)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`codesign failed: ${stderr}`);
}

if (import.meta.main) {
  const [packed] = process.argv.slice(2);
  if (!packed || !existsSync(packed))
    throw new Error('Name the folder of the unpacked app, such as release/linux-unpacked.');
  process.stdout.write(`${await openForTests(resolve(packed), join(PARTS, 'opened'))}\n`);
}
