import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createBackground } from '../../../main/exchange/background.ts';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { ensureSigningKey } from '../../../main/keys/ensure-signing-key.ts';
import { KeysmithError } from '../../../main/keys/errors.ts';
import type { VaultKind } from '../../../main/keys/installation.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { changePassphrase } from '../../../main/trust/change-passphrase.ts';
import { moveVault } from '../../../main/trust/move-vault.ts';
import type { InstallationPorts, Session } from '../../../main/trust/session.ts';
import { switchLockOn } from '../../../main/trust/switch-lock.ts';
import { WORKER } from '../../fixtures/installation.ts';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { keysmith, openSession, PASSPHRASE, SCRYPT_LOG_N } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { fillDisk, mountSmallDisk } from '../../rig/small-disk.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const NEW = 'eleven geese under a blue bridge';

interface Opened {
  readonly home: string;
  readonly session: Session;
  readonly ports: InstallationPorts;
  /** Told before the next commit. */
  onCommit: () => void;
}

/** An installation, open. */
async function opened(home: string, vault: VaultKind = 'passphrase'): Promise<Opened> {
  const place = { home, passphrase: PASSPHRASE, keychain: memoryKeychain() };
  jsonOf(await keysmith(place, 'init', '--vault', vault, '--json'));
  const at: { onCommit: () => void } = { onCommit: () => undefined };
  const session = await openSession(place, { onStep: step => step === 'written' && at.onCommit() });
  onTestFinished(() => void session.store.close());
  ensureSigningKey(session.ports, session.actor, 'trust');
  const ports = {
    folder: home,
    keychain: place.keychain,
    passphrase: async () => PASSPHRASE,
    scryptLogN: SCRYPT_LOG_N,
    clock: session.ports.clock,
    random: session.ports.random,
  };
  return Object.assign(at, { home, session, ports });
}

/** What touches more than the database in one change. */
const CHANGES: Readonly<Record<string, (at: Opened, out: string) => Promise<unknown>>> = {
  'a new passphrase of the vault': ({ session, ports }) => changePassphrase(session, ports, async () => NEW),
  'a move of the vault': ({ session, ports }) => moveVault(session, ports, 'keychain', async () => NEW),
  'the lock': ({ session, ports }) => switchLockOn(session, ports, NEW),
  'a bundle': ({ session }, out) =>
    exportBundle(session, createBackground(WORKER, session.readAccess), {
      service: 'team-api',
      out: join(out, 'bundle'),
      replace: false,
    }),
  'a signing key': ({ session }) => rotateSigningKey(session.ports, session.actor, { purpose: 'trust' }),
  'a key': async ({ session }) =>
    createKey(session.ports, session.actor, { service: 'team-api', name: 'ci', keep: () => undefined }),
};
const NAMES = Object.keys(CHANGES);

const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter(name => !/-(wal|shm)$/.test(name))
    .sort();
const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof KeysmithError ? error.code : error),
  );

/** Opened anew with the passphrase of before, everything is as it was. */
async function expectUnchanged({ home, session }: Opened, seq: number): Promise<void> {
  expect(session.store.head().seq).toBe(seq);
  await session.close();
  const place = { home, passphrase: PASSPHRASE };
  expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
  expect(jsonOf(await keysmith(place, 'vault', 'status', '--json'))).toMatchObject({
    vault: 'passphrase',
    state: 'open',
  });
  jsonOf(await keysmith(place, 'key', 'create', '--service', 'team-api', '--name', 'after', '--json'));
}

describe('a disk that is full when a change is committed', () => {
  test.for(NAMES)('leaves nothing of %s', async (name, { skip }) => {
    const disk = mountSmallDisk('3m');
    if (typeof disk === 'string') return skip(disk);
    const out = temporaryFolder();
    const at = await opened(join(disk.folder, 'data'));
    const { seq } = at.session.store.head();
    const before = filesOf(at.home);
    at.onCommit = () => fillDisk(disk);
    expect(await refusalOf(CHANGES[name]?.(at, out) as Promise<unknown>)).toBe('STORE_FULL');
    expect([filesOf(at.home), filesOf(out)]).toEqual([before, []]);
    disk.free();
    at.onCommit = () => undefined;
    await expectUnchanged(at, seq);
  });
});

describe('another process that holds the database', () => {
  test.for(NAMES)('refuses %s in a sentence, and leaves nothing of it', async name => {
    const out = temporaryFolder();
    const at = await opened(join(temporaryFolder(), 'data'));
    const { seq } = at.session.store.head();
    const [files, vault] = [filesOf(at.home), readFileSync(join(at.home, 'vault.age'))];
    at.session.store.connection.db.pragma('busy_timeout = 10');
    const other = new Database(join(at.home, 'keysmith.db'));
    try {
      other.exec('BEGIN IMMEDIATE');
      expect(await refusalOf(CHANGES[name]?.(at, out) as Promise<unknown>)).toBe('STORE_BUSY');
    } finally {
      other.close();
    }
    expect([filesOf(at.home), filesOf(out)]).toEqual([files, []]);
    expect(readFileSync(join(at.home, 'vault.age')).equals(vault)).toBe(true);
    await expectUnchanged(at, seq);
  });
});

describe('a data folder that is moved away while a change is committed', () => {
  test.for([
    { name: 'a new passphrase of the vault', vault: 'passphrase' },
    { name: 'the lock', vault: 'passphrase' },
    { name: 'the lock', vault: 'keychain' },
  ] as const)('opens again when it is back, whatever became of $name ($vault)', async ({ name, vault }) => {
    const at = await opened(join(temporaryFolder(), 'data'), vault);
    const elsewhere = `${at.home}.elsewhere`;
    const { db } = at.session.store.connection;
    at.onCommit = () => renameSync(at.home, elsewhere);
    expect(await refusalOf(CHANGES[name]?.(at, at.home) as Promise<unknown>)).toBe('STORE_MISSING');
    db.close();
    renameSync(elsewhere, at.home);
    const place = { home: at.home, passphrase: NEW, keychain: at.ports.keychain };
    expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
    jsonOf(await keysmith(place, 'key', 'create', '--service', 'team-api', '--name', 'after', '--json'));
  });

  test('leaves the file with the secret of a key that may be there again', async () => {
    const home = join(temporaryFolder(), 'data');
    const out = join(temporaryFolder(), 'secret');
    jsonOf(await keysmith({ home }, 'init', '--json'));
    const clock = () => {
      if (existsSync(home)) renameSync(home, `${home}.elsewhere`);
      return Math.floor(Date.now() / 1000);
    };
    const argv = ['key', 'create', '--service', 'team-api', '--name', 'ci', '--out', out];
    const created = await keysmith({ home, clock }, ...argv);
    expect(created).toMatchObject({ code: 1, err: expect.stringContaining('This change may be lost') });
    rmSync(home, { recursive: true, force: true });
    renameSync(`${home}.elsewhere`, home);
    const input = readFileSync(out, 'utf8');
    expect(jsonOf(await keysmith({ home, input }, 'key', 'find', '--json'))).toMatchObject([
      { proven: true, key: { name: 'ci' } },
    ]);
  });
});
