import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { expect, it } from 'vitest';
import { targetOf } from '../../../packaging/targets.ts';
import { packOnFake } from '../../rig/pack-on-fake.ts';
import { readFuses } from '../../rig/read-fuses.ts';
import { ROOT } from '../../rig/run-tool.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** Everything there may be in app.asar, and how often; `BINARY` stands for the system's. */
const EXPECTED: readonly (readonly [pattern: RegExp, count?: number])[] = [
  [/^package\.json$/, 1],
  [/^dist\/main\/(index|cli|worker|counts-worker)\.js$/, 4],
  [/^dist\/main\/chunks\/[\w-]+\.js$/],
  [/^dist\/preload\/index\.cjs$/, 1],
  [/^dist\/renderer\/index\.html$/, 1],
  [/^dist\/renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2)$/],
  [/^node_modules\/better-sqlite3\/(package\.json|LICENSE)$/, 2],
  [/^node_modules\/better-sqlite3\/lib\/[\w/-]+\.js$/],
  [/^node_modules\/better-sqlite3\/prebuilds\/BINARY\.node$/, 1],
  [/^node_modules\/keytar\/(package\.json|LICENSE\.md)$/, 2],
  [/^node_modules\/keytar\/lib\/keytar\.js$/, 1],
  [/^node_modules\/keytar\/prebuilds\/BINARY\/keytar\.node$/, 1],
];

/** What macOS's app says of its app.asar. */
const SUM_OF_ASAR =
  /<key>Resources\/app\.asar<\/key>\s*<dict>\s*<key>algorithm<\/key>\s*<string>SHA256<\/string>\s*<key>hash<\/key>\s*<string>[0-9a-f]{64}</;

const SYSTEMS = [
  {
    name: 'linux-x64',
    binary: 'linux-x64',
    resources: 'linux-unpacked/resources',
    executable: 'linux-unpacked/keysmith-desktop',
  },
  {
    name: 'macos-arm64',
    binary: 'darwin-arm64',
    resources: 'mac-arm64/Keysmith.app/Contents/Resources',
    executable: 'mac-arm64/Keysmith.app',
  },
  {
    name: 'windows-x64',
    binary: 'win32-x64',
    resources: 'win-unpacked/resources',
    executable: 'win-unpacked/Keysmith.exe',
  },
] as const;

it.for(SYSTEMS)(
  'the app for $name holds what runs, for that system alone, with every fuse set',
  async (system, { skip }) => {
    if (system.name === 'macos-arm64' && process.platform === 'win32')
      return skip('electron-builder does not pack for macOS on Windows');
    const folder = temporaryFolder();
    const isDebian = system.name === 'linux-x64' && process.platform === 'linux';
    const fpm = join(folder, 'fpm.txt');
    const { code, err, out } = await packOnFake(
      folder,
      targetOf(system.name),
      isDebian ? 'deb' : 'dir',
      isDebian ? recordFpm(folder, fpm) : {},
    );
    expect(code, err + out).toBe(0);
    const resources = join(folder, 'release', system.resources);

    const asar = join(resources, 'app.asar');
    const files = filesOf(asar);
    expect(files.filter(path => !expectedAs(path, system.binary))).toEqual([]);
    for (const [pattern, count] of EXPECTED) {
      const found = files.filter(path => expectedAs(path, system.binary) === pattern);
      if (count === undefined) expect(found, `${pattern}`).not.toEqual([]);
      else expect(found, `${pattern}`).toHaveLength(count);
    }

    // A system loads libraries from real files; all else stays where its sum is checked.
    const unpacked = globSync('**/*', { cwd: `${asar}.unpacked` }).map(path => path.replaceAll('\\', '/'));
    expect(unpacked.filter(path => /\.\w+$/.test(path)).sort()).toEqual([
      `node_modules/better-sqlite3/prebuilds/${system.binary}.node`,
      `node_modules/keytar/prebuilds/${system.binary}/keytar.node`,
    ]);
    if (system.name === 'macos-arm64')
      expect(readFileSync(join(resources, '../Info.plist'), 'utf8')).toMatch(SUM_OF_ASAR);
    const manifest = JSON.parse(extractFile(asar, 'package.json').toString('utf8'));
    expect(manifest).toMatchObject({ type: 'module', main: 'dist/main/index.js' });
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(existsSync(join(resources, 'LICENSE'))).toBe(true);
    expect(readFileSync(join(resources, 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toBe('licences');
    expect(existsSync(join(resources, 'cli/keysmith'))).toBe(system.name === 'linux-x64');
    if (isDebian) expectDebian(readFileSync(fpm, 'utf8').split('\n'), folder);
    expect(await readFuses(join(folder, 'release', system.executable))).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    });
  },
);

/** Puts a program in the place of fpm, which is not an npm package, that writes down what it is asked. */
function recordFpm(folder: string, record: string): NodeJS.ProcessEnv {
  const program = join(folder, 'bin/fpm');
  mkdirSync(dirname(program));
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${record}'\n`, { mode: 0o755 });
  return { USE_SYSTEM_FPM: 'true', PATH: `${dirname(program)}:${process.env.PATH}` };
}

/** The Debian package that was asked for: the app's own command stays clear of the command line's. */
function expectDebian(asked: readonly string[], folder: string): void {
  const after = (name: string) => asked[asked.indexOf(name) + 1] ?? '';
  expect(after('--package')).toBe(join(folder, `release/keysmith_${after('--version')}_amd64.deb`));
  expect(after('--name')).toBe('keysmith');
  expect(asked).toContain('libsecret-1-0');
  const files = Object.fromEntries(asked.filter(it => it.includes('=/')).map(it => it.split('=').reverse()));
  expect(Object.keys(files).sort()).toEqual([
    '/opt/Keysmith',
    '/usr/bin/keysmith',
    '/usr/share/applications/keysmith-desktop.desktop',
    ...[128, 16, 24, 256, 32, 48, 512, 64].map(
      size => `/usr/share/icons/hicolor/${size}x${size}/apps/keysmith-desktop.png`,
    ),
  ]);
  const command = join(ROOT, String(files['/usr/bin/keysmith']));
  expect(statSync(command).mode & 0o111).toBe(0o111);
  expect(readFileSync(command, 'utf8')).toContain('exec /opt/Keysmith/resources/cli/keysmith "$@"');
}

function filesOf(asar: string): readonly string[] {
  const paths = listPackage(asar, { isPack: false }).map(path => path.replaceAll('\\', '/').slice(1));
  return paths.filter(path => !paths.some(other => other.startsWith(`${path}/`)));
}

function expectedAs(path: string, binary: string): RegExp | undefined {
  return EXPECTED.find(([pattern]) =>
    pattern.test(path.replace(`/prebuilds/${binary}`, '/prebuilds/BINARY')),
  )?.[0];
}
