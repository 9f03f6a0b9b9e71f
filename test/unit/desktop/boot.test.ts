import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const electron = vi.hoisted(() => ({
  packaged: true,
  switches: new Set<string>(),
  exits: [] as number[],
  quits: 0,
  first: true,
  paths: new Map<string, string>(),
  notes: [] as { title: string; body: string }[],
}));

vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return electron.packaged;
    },
    setName: () => undefined,
    setAppUserModelId: () => undefined,
    setPath: (name: string, path: string) => void electron.paths.set(name, path),
    commandLine: { hasSwitch: (name: string) => electron.switches.has(name) },
    exit: (code: number) => void electron.exits.push(code),
    quit: () => {
      electron.quits += 1;
    },
    requestSingleInstanceLock: () => electron.first,
  },
  protocol: {},
  Notification: class {
    static isSupported = () => true;
    constructor(note: { title: string; body: string }) {
      electron.notes.push(note);
    }
    show() {}
  },
}));

const { claimInstance, refuseRemoteControl, settleFolders } = await import('../../../main/desktop/boot.ts');
const { tellForgotten } = await import('../../../main/desktop/notifications.ts');

beforeEach(() => {
  Object.assign(electron, {
    packaged: true,
    switches: new Set(),
    exits: [],
    quits: 0,
    first: true,
    paths: new Map(),
    notes: [],
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

describe('a packaged app', () => {
  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'])(
    'does not start with --%s',
    name => {
      electron.switches.add(name);
      expect(refuseRemoteControl()).toBe(true);
      expect(electron.exits).toEqual([1]);
    },
  );

  it('starts without, and one that is not packaged may be debugged', () => {
    expect(refuseRemoteControl()).toBe(false);
    electron.packaged = false;
    electron.switches.add('remote-debugging-port');
    expect(refuseRemoteControl()).toBe(false);
    expect(electron.exits).toEqual([]);
  });
});

describe('the single instance', () => {
  it('goes on when it is the first, and quits when it is not', () => {
    expect(claimInstance()).toBe(true);
    electron.first = false;
    expect(claimInstance()).toBe(false);
    expect(electron.quits).toBe(1);
  });
});

describe('Chromium’s own files', () => {
  it('are inside the data folder, open to nobody else', () => {
    const folder = join(temporaryFolder(), 'data');
    vi.stubEnv('KEYSMITH_HOME', folder);
    expect(settleFolders()).toBe(folder);
    expect(electron.paths.get('userData')).toBe(join(folder, 'desktop'));
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0);
    vi.unstubAllEnvs();
  });

  it('are elsewhere when the data folder cannot be had, so that the window can say so', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'keysmith-test-')), 'file');
    writeFileSync(file, '');
    vi.stubEnv('KEYSMITH_HOME', file);
    settleFolders();
    expect(electron.paths.get('userData')).not.toContain(file);
    vi.unstubAllEnvs();
    rmSync(file);
  });
});

describe('a secret that was forgotten', () => {
  it('is told by its key’s name, and never repeated', () => {
    tellForgotten({
      handle: 'h',
      keyId: 'ak_x' as never,
      hint: '',
      keyName: 'ci',
      token: 'team_sk_secret',
      cause: 'created',
      expiresAt: 0,
    });
    expect(electron.notes).toHaveLength(1);
    expect(electron.notes[0]?.body).toContain('“ci”');
    expect(JSON.stringify(electron.notes)).not.toContain('secret_');
    expect(JSON.stringify(electron.notes)).not.toContain('team_sk');
  });
});

describe('the boot list', () => {
  it('waits for nothing at its top level: Electron would never be ready', () => {
    const source = readFileSync(join(import.meta.dirname, '../../../main/index.ts'), 'utf8');
    expect(source).not.toMatch(/\bawait\b/);
  });
});
