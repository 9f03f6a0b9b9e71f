import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { moveVault } from '../../../main/trust/move-vault.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { lockableKeychain } from '../../fixtures/lockable-keychain.ts';
import { keysmith, openSession } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const CREATE = ['key', 'create', '--service', 'team-api', '--name'];
const SAYS = 'The system keychain is locked. Unlock it';

/** An installation in a keychain, and the place of a command in whose middle the keychain is locked. */
async function installed() {
  const keychain = lockableKeychain();
  const place = { home: join(temporaryFolder(), 'data'), keychain, newPassphrase: 'nine hens on a red roof' };
  jsonOf(await keysmith(place, 'init', '--vault', 'keychain', '--json'));
  // The first thing that a change or an export asks is the time: by then, the vault is open.
  const clock = () => {
    keychain.lock();
    return Math.floor(Date.now() / 1000);
  };
  return { keychain, place, locking: { ...place, clock } };
}

describe('a keychain that is locked while a command is under way', () => {
  test('stops no change; that the head was not saved is said, and made up for by the next command', async () => {
    const { keychain, place, locking } = await installed();
    const created = await keysmith(locking, ...CREATE, 'ci');
    expect(created.code).toBe(0);
    expect(created.out).toContain('team_sk_');
    expect(created.err).toContain(`The head of the audit log was not saved: ${SAYS}`);
    keychain.unlock();
    const revoked = await keysmith(locking, 'key', 'revoke', 'team-api/ci');
    expect(revoked).toMatchObject({ code: 0, err: expect.stringContaining(SAYS) });
    expect(refusalOf(await keysmith(place, 'key', 'list', '--json'))).toMatchObject({ code: 'VAULT_LOCKED' });
    keychain.unlock();
    expect(jsonOf(await keysmith(place, 'audit', 'verify', '--json'))).toMatchObject({ ok: true });
    expect(jsonOf(await keysmith(place, 'key', 'list', '--json'))).toMatchObject([{ status: 'revoked' }]);
  });

  test('lets nothing be signed, because a shortened log could not be noticed', async () => {
    const { keychain, place, locking } = await installed();
    const folder = temporaryFolder();
    const argv = ['export', 'bundle', '--service', 'team-api', '--out', join(folder, 'bundle'), '--json'];
    expect(refusalOf(await keysmith(locking, ...argv))).toMatchObject({
      code: 'VAULT_LOCKED',
      message: expect.stringContaining(SAYS),
    });
    expect(readdirSync(folder)).toEqual([]);
    keychain.unlock();
    expect(jsonOf(await keysmith(place, ...argv))).toMatchObject({ sequence: 1 });
  });
});

describe('a keychain that is locked while a session is open', () => {
  test('leaves the vault where it is', async () => {
    const { keychain, place } = await installed();
    const session = await openSession(place);
    keychain.lock();
    const ports = { folder: place.home, keychain, passphrase: async () => '', scryptLogN: 10 };
    await expect(moveVault(session, ports, 'passphrase', async () => 'x')).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    });
    expect(existsSync(join(place.home, 'vault.age'))).toBe(false);
    keychain.unlock();
    await session.close();
    expect(jsonOf(await keysmith(place, 'vault', 'status', '--json'))).toMatchObject({
      vault: 'keychain',
      state: 'open',
    });
  });

  test('does not keep the verification from saying what else it finds', async () => {
    const { keychain, place } = await installed();
    jsonOf(await keysmith(place, ...CREATE, 'ci', '--json'));
    const session = await openSession(place);
    session.store.connection.db.prepare("UPDATE key SET owner = 'mallory'").run();
    keychain.lock();
    const { ok, findings } = await verifyAudit(session);
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({ subject: 'saved head', message: expect.stringContaining(SAYS) });
    expect(findings.some(({ subject }) => subject.startsWith('key ak_'))).toBe(true);
    keychain.unlock();
    await session.close();
  });
});
