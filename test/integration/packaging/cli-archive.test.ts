import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extract, list } from 'tar';
import { describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { nodeBinary } from '../../../packaging/node-binary.ts';
import { packCli } from '../../../packaging/pack-cli.ts';
import { ownTarget, TARGET_NAMES, type TargetName, targetOf } from '../../../packaging/targets.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const WINDOWS = process.platform === 'win32';

describe('the command line as an archive', () => {
  it.skipIf(WINDOWS)(
    'runs the demo without npm, Node or any environment, from a folder with a space',
    async () => {
      const folder = temporaryFolder();
      const target = ownTarget();
      const release = join(folder, 'release');
      const file = await packCli(target, nodeBinary(target), { parts: join(folder, 'parts'), release });
      const place = join(folder, 'a b');
      mkdirSync(place);
      await extract({ file, cwd: place });

      const command = join(place, `keysmith-cli-${target.name}`, 'keysmith');
      expect(run(command, ['--version'])).toEqual({ status: 0, out: `${versionOfProject()}\n`, err: '' });
      const demo = run(command, ['demo', '--json']);
      expect(demo.err).toBe('');
      expect(JSON.parse(demo.out)).toMatchObject({ ok: true });
      expect(demo.status).toBe(0);

      // Through a link to a link, the second one relative, and with what other programs' Node is told.
      symlinkSync(command, join(folder, 'first'));
      symlinkSync('first', join(folder, 'keysmith'));
      const env = { PATH: '/nowhere', NODE_OPTIONS: '--no-such-option', NODE_PATH: '/nowhere' };
      expect(run(join(folder, 'keysmith'), ['--version'], env)).toMatchObject({ status: 0, err: '' });
      // What a command refuses, the launcher passes on.
      expect(run(command, ['no-such-command']).status).toBe(2);
    },
  );

  it.each(TARGET_NAMES)('for %s holds the binaries of that system alone', async name => {
    const folder = temporaryFolder();
    const target = targetOf(name);
    const paths = await contentOf(await packFake(folder, name));
    const [root, windows] = [`keysmith-cli-${name}/`, target.platform === 'win32'];

    expect(paths.filter(path => !path.startsWith(`${root}app/`)).sort()).toEqual(
      [
        'LICENSE',
        'NODE-LICENSE.txt',
        'README.txt',
        'THIRD-PARTY-LICENSES.txt',
        ...(windows ? ['keysmith.cmd', 'node.exe'] : ['keysmith', 'node']),
      ].map(path => root + path),
    );
    const binary = `${target.platform}-${target.arch}`;
    expect(paths.filter(path => path.endsWith('.node'))).toEqual([
      `${root}app/node_modules/better-sqlite3/prebuilds/${binary}.node`,
      `${root}app/node_modules/keytar/prebuilds/${binary}/keytar.node`,
    ]);
    const rest = paths.filter(path => path.startsWith(`${root}app/`) && !path.includes('/node_modules/'));
    const programs = rest.filter(path => !path.includes('/chunks/'));
    expect(programs).toEqual(
      ['app/dist/main/cli.js', 'app/dist/main/worker.js', 'app/package.json'].map(path => root + path),
    );
    expect(
      paths.filter(path => !/\.(js|node|json|txt|md|cmd|exe)$|\/(LICENSE|keysmith|node)$/.test(path)),
    ).toEqual([]);
  });

  it('is the same to the byte when it is packed again', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    for (const name of ['linux-x64', 'windows-x64'] as const)
      expect(
        readFileSync(await packFake(first, name)).equals(readFileSync(await packFake(second, name))),
      ).toBe(true);
  });

  it('keeps its programs executable, and nothing else', async ({ skip }) => {
    if (WINDOWS) return skip('files on Windows have no such mode');
    const folder = temporaryFolder();
    await extract({ file: await packFake(folder, 'linux-x64'), cwd: folder });
    const root = join(folder, 'keysmith-cli-linux-x64');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(path =>
      statSync(join(root, path)).isFile(),
    );
    const executable = files.filter(path => statSync(join(root, path)).mode & 0o111);
    expect(executable.sort()).toEqual(['keysmith', 'node']);
  });
});

/** Packs for any system, with something in the place of Node. */
async function packFake(folder: string, name: TargetName): Promise<string> {
  const node = { executable: join(folder, 'some-node'), license: join(folder, 'license') };
  for (const file of Object.values(node)) writeFileSync(file, 'fake');
  return packCli(targetOf(name), node, { parts: join(folder, 'parts'), release: join(folder, 'release') });
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

async function contentOf(file: string): Promise<readonly string[]> {
  const paths: string[] = [];
  if (file.endsWith('.zip')) {
    const zip = await openPromise(file);
    for await (const { fileName } of zip.eachEntry()) paths.push(fileName);
  } else {
    await list({ file, onReadEntry: ({ path }) => void paths.push(path) });
  }
  return paths;
}

function versionOfProject(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
