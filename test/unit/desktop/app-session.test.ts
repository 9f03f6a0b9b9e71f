import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAppSession } from '../../../main/desktop/app-session.ts';
import { KeysmithError } from '../../../main/keys/errors.ts';
import { switchLockOn } from '../../../main/trust/switch-lock.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW } from '../../fixtures/installation.ts';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

function started(folder = temporaryFolder(), keychain = memoryKeychain()) {
  const session = createAppSession({
    folder,
    keychain,
    clock: () => NOW,
    random: randomBytes,
    scryptLogN: 10,
  });
  onTestFinished(() => session.close());
  return { folder, keychain, session };
}

const FIRST = { template: 'team-access-keys', vault: 'keychain' } as const;

describe('the app', () => {
  it('starts with a first run, and is ready after it', async () => {
    const { session, folder } = started();
    expect(await session.state()).toMatchObject({
      kind: 'first-run',
      keychain: null,
      folder,
      templates: [
        { id: 'team-access-keys' },
        { id: 'public-private-keys' },
        { id: 'role-tokens' },
        { id: 'blank' },
      ],
    });
    refusal('LOCKED', () => session.require());
    expect(await session.createInstallation({ ...FIRST, name: 'Team' })).toMatchObject({
      kind: 'ready',
      installation: { name: 'Team', vault: 'keychain' },
      operator: { role: 'owner' },
    });
    expect(
      session
        .require()
        .store.services()
        .map(({ slug }) => slug),
    ).toEqual(['team-api']);
  });

  it('says why there is no keychain, and takes a passphrase', async () => {
    const keychain = memoryKeychain();
    const none = new KeysmithError('VAULT_NO_SERVICE', 'No keychain.');
    const { session, folder } = started(undefined, { ...keychain, find: () => Promise.reject(none) });
    expect(await session.state()).toMatchObject({
      kind: 'first-run',
      keychain: { code: 'VAULT_NO_SERVICE' },
    });
    expect(
      await session.createInstallation({ ...FIRST, vault: 'passphrase', passphrase: 'correct horse' }),
    ).toMatchObject({ kind: 'ready' });
    await session.close();
    const again = started(folder).session;
    expect(await again.state()).toMatchObject({
      kind: 'passphrase',
      installation: 'Keysmith',
      failure: null,
    });
    expect(await again.unlock('wrong')).toMatchObject({
      kind: 'passphrase',
      failure: { code: 'VAULT_PASSPHRASE_WRONG' },
    });
    expect(await again.unlock('correct horse')).toMatchObject({ kind: 'ready' });
  });

  it('stays in its first run when something about it is refused', async () => {
    const { session } = started();
    await expect(session.createInstallation({ ...FIRST, service: { slug: 'No Slug' } })).rejects.toThrow(
      KeysmithError,
    );
    expect(await session.state()).toMatchObject({ kind: 'first-run' });
    expect(await session.createInstallation(FIRST)).toMatchObject({ kind: 'ready' });
  });

  it('makes one installation however often it is asked', async () => {
    const { session, keychain } = started();
    const states = await Promise.all([session.createInstallation(FIRST), session.createInstallation(FIRST)]);
    expect(states.map(({ kind }) => kind)).toEqual(['ready', 'ready']);
    expect([...keychain.entries.keys()].filter(account => !account.includes('/'))).toHaveLength(1);
  });

  it('shows what is wrong, and goes on when it is mended', async () => {
    const { session, folder, keychain } = started();
    await session.createInstallation(FIRST);
    await session.close();
    const entries = [...keychain.entries];
    keychain.entries.clear();
    const again = started(folder, keychain).session;
    expect(await again.state()).toMatchObject({ kind: 'failed', failure: { code: 'VAULT_MISSING' } });
    for (const [account, secret] of entries) keychain.entries.set(account, secret);
    expect(await again.retry()).toMatchObject({ kind: 'ready' });
  });

  it('closes a database that is moved away, makes nothing anew, and opens it when it is back', async () => {
    const folder = join(temporaryFolder(), 'data');
    const { session } = started(folder);
    await session.state();
    await session.createInstallation(FIRST);
    renameSync(folder, `${folder}.elsewhere`);
    expect(refusal('STORE_MISSING', () => session.require()).message).toContain('moved away');
    const lost = { kind: 'failed', failure: { code: 'STORE_MISSING' } };
    expect(await session.state()).toMatchObject(lost);
    expect(session.current()).toBeUndefined();
    expect(await session.retry()).toMatchObject(lost);
    expect(existsSync(folder)).toBe(false);
    renameSync(`${folder}.elsewhere`, folder);
    expect(await session.retry()).toMatchObject({ kind: 'ready' });
    expect(session.require().store.services()).toHaveLength(1);
  });

  it('does not take an empty database for a first run', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'keysmith.db'), '');
    expect(await started(folder).session.state()).toMatchObject({
      kind: 'failed',
      failure: { code: 'STORE_EMPTY' },
    });
  });
});

describe('the lock', () => {
  it('drops the keys, remembers who was there, and opens again', async () => {
    const { session } = started();
    await session.createInstallation(FIRST);
    expect(session.lockable()).toBe(false);
    await expect(session.lock()).rejects.toMatchObject({ code: 'LOCK_STATE' });
    await session.change((open, ports) => switchLockOn(open, ports, 'nine hens on a red roof'));
    const { name } = session.require().actor;
    expect(session.lockable()).toBe(true);
    expect(await session.lock()).toMatchObject({
      kind: 'locked',
      operators: [{ name, wait: 0 }],
      last: name,
      failure: null,
    });
    refusal('LOCKED', () => session.require());
    expect(await session.unlock('wrong', name)).toMatchObject({
      kind: 'locked',
      last: name,
      failure: { code: 'PASSPHRASE_WRONG' },
    });
    expect(await session.unlock('nine hens on a red roof', name)).toMatchObject({ kind: 'ready' });
  });

  it('goes on although the database cannot be read any more', async () => {
    const { session } = started();
    await session.createInstallation(FIRST);
    await session.change((open, ports) => switchLockOn(open, ports, 'nine hens on a red roof'));
    session.require().store.close();
    expect(session.lockable()).toBe(true);
    expect(await session.lock()).toMatchObject({ kind: 'locked' });
  });
});

describe('what restores', () => {
  it('finds nothing open, and what was refused is open again', async () => {
    const { session } = started();
    await session.createInstallation({ ...FIRST, name: 'Team' });
    const before = session.require();
    session.hold();
    const refused = session.restore(async () => {
      refusal('LOCKED', () => session.require());
      expect(before.store.connection.db.open).toBe(false);
      throw new KeysmithError('FILE_INVALID', 'It is damaged.');
    });
    await expect(refused).rejects.toMatchObject({ code: 'FILE_INVALID' });
    expect(session.require() === before).toBe(false);
    expect(await session.state()).toMatchObject({ kind: 'ready', installation: { name: 'Team' } });
  });

  it('may do so in a first run, and not while it waits for a passphrase', async () => {
    const { session, folder, keychain } = started();
    expect((await session.state()).kind).toBe('first-run');
    expect(await session.restore(async ({ folder: place }) => place)).toBe(folder);
    await session.createInstallation({ ...FIRST, vault: 'passphrase', passphrase: 'secret', name: 'Team' });
    await session.close();
    const again = started(folder, keychain).session;
    expect((await again.state()).kind).toBe('passphrase');
    again.hold();
    const work = () => Promise.reject(new Error('it must not run'));
    await expect(again.restore(work)).rejects.toMatchObject({ code: 'LOCKED' });
    await again.unlock('secret');
    expect(again.require().store.installation().name).toBe('Team');
  });
});
