import {
  chmodSync,
  constants,
  copyFileSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { nativeModuleFiles } from './native-modules.ts';
import type { NodeBinary } from './node-binary.ts';
import { ROOT } from './places.ts';
import type { Target } from './targets.ts';
import { thirdPartyLicenses } from './third-party-licenses.ts';

/** Entries of main that only the desktop starts. */
const DESKTOP_ONLY = ['dist/main/index.js', 'dist/main/counts-worker.js'];

/** Lays out the command line as it is unpacked on a machine with neither npm nor Node; what was there before goes. */
export function layOutCli(folder: string, target: Target, node: NodeBinary): void {
  rmSync(folder, { recursive: true, force: true });
  const windows = target.platform === 'win32';
  const launcher = windows ? 'keysmith.cmd' : 'keysmith';
  put(join(ROOT, 'packaging/cli', launcher), join(folder, launcher), 0o755);
  put(node.executable, join(folder, windows ? 'node.exe' : 'node'), 0o755);
  put(node.license, join(folder, 'NODE-LICENSE.txt'));
  put(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  put(join(ROOT, 'packaging/cli/README.txt'), join(folder, 'README.txt'));
  write(join(folder, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(['main']));
  write(join(folder, 'app/package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  for (const path of [...programFiles(), ...nativeModuleFiles(target)])
    put(join(ROOT, path), join(folder, 'app', path));
}

function programFiles(): readonly string[] {
  const built = globSync('dist/main/**/*.js', { cwd: ROOT }).map(path => path.replaceAll('\\', '/'));
  if (!built.includes('dist/main/cli.js'))
    throw new Error('dist/main is not built: "npm run build" does that.');
  return built.filter(path => !DESKTOP_ONLY.includes(path)).sort();
}

/** As much of package.json as Node reads, and people who look. */
function manifest(): Readonly<Record<string, unknown>> {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, author, type } = own;
  return { name, version, description, license, author, type };
}

function put(from: string, to: string, mode = 0o644): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, mode);
}

function write(to: string, text: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  writeFileSync(to, text, { mode: 0o644 });
}
