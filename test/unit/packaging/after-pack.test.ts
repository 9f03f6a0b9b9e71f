import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { describe, expect, it } from 'vitest';
import afterPack from '../../../packaging/after-pack.ts';
import { openForTests } from '../../../packaging/open-for-tests.ts';
import { makeFakeElectron } from '../../rig/fake-electron.ts';
import { readFuses } from '../../rig/read-fuses.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const DECIDED = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
};

/** Electron as electron-builder has renamed it when the hook is called. */
const PACKED = {
  linux: { from: 'electron', to: 'keysmith-desktop' },
  win32: { from: 'electron.exe', to: 'Keysmith.exe' },
  darwin: { from: 'Electron.app', to: 'Keysmith.app' },
} as const;

describe('after packing', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('every fuse is set, on %s', async platform => {
    const { context, executable } = packed(platform);
    await afterPack(context);
    expect(await readFuses(executable)).toEqual(DECIDED);
  });

  it('a fuse that nobody decided stops it', async () => {
    const { context, executable } = packed('linux');
    const binary = readFileSync(executable);
    // One fuse more than there are: its count stands before them.
    binary[binary.length - 10] = 10;
    writeFileSync(executable, Buffer.concat([binary, Buffer.from('1')]));
    await expect(afterPack(context)).rejects.toThrow('strictlyRequireAllFuses');
  });

  it('a Linux package without the command line stops it', async () => {
    const { context } = packed('linux');
    renameSync(join(context.appOutDir, 'resources/cli'), join(context.appOutDir, 'resources/gone'));
    await expect(afterPack(context)).rejects.toThrow('npm run pack:cli');
  });

  it('a system that Keysmith is not packed for stops it', async () => {
    const { context } = packed('linux');
    await expect(afterPack({ ...context, electronPlatformName: 'mas' })).rejects.toThrow('mas');
  });
});

describe('a packed app opened for tests', () => {
  it.each(['linux', 'win32'] as const)(
    'differs by its name and the debugger’s fuse alone, on %s',
    async platform => {
      const { context, executable } = packed(platform);
      await afterPack(context);
      const shipped = readFileSync(executable);
      const opened = await openForTests(context.appOutDir, join(temporaryFolder(), 'opened'));
      expect(opened).toMatch(platform === 'linux' ? /[\\/]electron$/ : /[\\/]electron\.exe$/);
      expect(await readFuses(opened)).toEqual({ ...DECIDED, EnableNodeCliInspectArguments: true });
      expect(readFileSync(opened).filter((byte, at) => byte !== shipped[at])).toHaveLength(1);
      expect(readFileSync(executable)).toEqual(shipped);
    },
  );
});

function packed(platform: keyof typeof PACKED) {
  const appOutDir = temporaryFolder();
  const { from, to } = PACKED[platform];
  makeFakeElectron(appOutDir, platform);
  renameSync(join(appOutDir, from), join(appOutDir, to));
  mkdirSync(join(appOutDir, 'resources/cli'), { recursive: true });
  writeFileSync(join(appOutDir, 'resources/cli/keysmith'), '');
  const context = {
    appOutDir,
    electronPlatformName: platform,
    packager: {
      appInfo: { productFilename: 'Keysmith' },
      config: { linux: { executableName: 'keysmith-desktop' } },
    },
  } as AfterPackContext;
  return { context, executable: join(appOutDir, to) };
}
