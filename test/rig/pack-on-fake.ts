import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeIcons } from '../../packaging/make-icons.ts';
import type { Target } from '../../packaging/targets.ts';
import { makeFakeElectron } from './fake-electron.ts';
import type { Outcome } from './outcome.ts';
import { runNode } from './run-node.ts';
import { ROOT } from './run-tool.ts';

const FLAGS = { linux: '--linux', darwin: '--mac', win32: '--win' } as const;
const BUILDER = join(ROOT, 'node_modules/electron-builder/cli.js');

/**
 * Runs electron-builder as configured, on a fake Electron, with its output and all that packages are made from in
 * `folder`. The command line is no more than its launcher there.
 */
export async function packOnFake(
  folder: string,
  { name, platform, arch }: Target,
  goal: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const electron = join(folder, 'electron');
  const parts = join(folder, 'parts');
  makeFakeElectron(electron, platform);
  await makeIcons(join(parts, 'icons'));
  writeFileSync(join(parts, 'THIRD-PARTY-LICENSES.txt'), 'licences');
  mkdirSync(join(parts, 'cli', `keysmith-cli-${name}`), { recursive: true });
  writeFileSync(join(parts, 'cli', `keysmith-cli-${name}`, 'keysmith'), '');
  const config = join(folder, 'electron-builder.yml');
  const real = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8');
  writeFileSync(config, real.replaceAll('release/parts', parts.replaceAll('\\', '/')));
  return runNode(
    BUILDER,
    [
      ...[FLAGS[platform], goal, `--${arch}`, '--publish', 'never', '--projectDir', ROOT, '--config', config],
      ...[`-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'release')}`],
      // Its integrity is written into a real executable, which the fake one is not.
      ...(platform === 'win32' ? ['-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true'] : []),
    ],
    { ...process.env, ...env },
  );
}
