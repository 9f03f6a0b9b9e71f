import { describe, expect, it } from 'vitest';
import { acceptClock } from '../../../main/keys/accept-clock.ts';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { copyToken } from '../../../main/keys/copy-token.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { credentialNow } from '../../../main/keys/credential-now.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { ensureSigningKey } from '../../../main/keys/ensure-signing-key.ts';
import { findKey } from '../../../main/keys/find-key.ts';
import { importCatalog, parseCatalog } from '../../../main/keys/import-catalog.ts';
import type { Kind } from '../../../main/keys/key.ts';
import { tokenJwks, trustDocument } from '../../../main/keys/published-keys.ts';
import { reissueSigned } from '../../../main/keys/reissue-signed.ts';
import { retireSigningKey } from '../../../main/keys/retire-signing-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const VIEWER = [{ role: 'global-viewer', accounts: null }];

async function withTokens() {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  const issue = (name: string, more: Partial<Parameters<typeof createKey>[2]> = {}) =>
    createKey(ports, actor, { service: 'sc', name, roles: VIEWER, ...more });
  const edit = (sql: string, ...values: (string | number)[]) => {
    store.connection.db.pragma('foreign_keys = OFF');
    store.connection.db.prepare(sql).run(...values);
  };
  const active = () => ensureSigningKey(ports, actor, 'token');
  const now = (keyRef: Parameters<typeof store.credentials>[0]) =>
    store.credentials(keyRef).map(credential => credentialNow(store, credential, NOW));
  return { ...installation, issue, edit, active, now };
}

describe('a signing key that was edited by hand', () => {
  it('is neither rotated, retired, published, used, nor believed', async () => {
    const { ports, actor, store, issue, edit, active, now } = await withTokens();
    const { key, token } = issue('ci');
    const { kid } = active();
    edit("UPDATE signing_key SET created_by = 'mallory' WHERE kid = ?", kid);
    await expect(rotateSigningKey(ports, actor, { purpose: 'token' })).rejects.toMatchObject({
      code: 'TAMPERED',
    });
    refusal('TAMPERED', () => retireSigningKey(ports, actor, { kid }));
    refusal('TAMPERED', () => issue('second'));
    expect(tokenJwks(store).keys).toEqual([]);
    expect(now(key.ref)).toMatchObject([{ tampered: true }]);
    expect(findKey(ports, token)).toMatchObject([{ proven: false }]);
    await compromiseSigningKey(ports, actor, { kid });
    expect(store.audit({ action: 'signing-key.compromise', limit: 1 })[0]?.before).toMatchObject({
      tampered: true,
    });
    expect(issue('third').token).toMatch(/^eyJ/);
  });

  it('is not replaced by a new one in silence when it is gone', async () => {
    const { ports, actor, store, issue, edit } = await withTokens();
    issue('ci');
    ensureSigningKey(ports, actor, 'trust');
    edit('DELETE FROM signing_key');
    refusal('TAMPERED', () => issue('second'));
    refusal('TAMPERED', () => ensureSigningKey(ports, actor, 'trust'));
    await rotateSigningKey(ports, actor, { purpose: 'token' });
    expect(issue('second').token).toMatch(/^eyJ/);
    expect(trustDocument(store).keys).toEqual([]);
  });

  it('with another public half verifies nothing', async () => {
    const { issue, active } = await withTokens();
    const { token } = issue('ci');
    const [header = '', claims = '', signature = ''] = token.split('.');
    const verifies = async (publicJwk = active().publicJwk) => {
      // Another installation's reading: it has not seen the key before.
      const { ports } = await testInstallation();
      const input = Buffer.from(`${header}.${claims}`);
      return ports.signing.verify({ ...active(), publicJwk }, input, Buffer.from(signature, 'base64url'));
    };
    const { ports } = await testInstallation();
    expect(await verifies()).toBe(true);
    expect(await verifies((await ports.signing.generate('ES256')).publicJwk)).toBe(false);
  });
});

describe('an installation that was edited by hand', () => {
  it('signs nothing in another name', async () => {
    const { store, issue, edit } = await withTokens();
    edit("UPDATE installation SET id = '00000000-0000-0000-0000-000000000000'");
    refusal('TAMPERED', () => issue('ci'));
    refusal('TAMPERED', () => trustDocument(store));
  });
});

describe('a status list that is gone', () => {
  it('never gets its number again', async () => {
    const { store, issue, edit } = await withTokens();
    issue('one');
    edit('DELETE FROM status_list');
    issue('two');
    const [list] = store.statusLists(store.service('sc')?.ref ?? (0 as never));
    expect(list?.uri).toMatch(/\/sc\/status-2$/);
  });
});

describe('a catalog that was edited by hand', () => {
  it('is not sealed anew when an account is added', async () => {
    const { store, issue, edit } = await withTokens();
    edit("UPDATE catalog SET scoped = 1, position = 9 WHERE id = 'global-admin'");
    issue('ci', { roles: [{ role: 'cloud-account-viewer', accounts: ['acc-1'] }], addAccounts: true });
    const findings = verifyStore(store.connection).findings.map(({ subject }) => subject);
    expect(findings).toContain('catalog sc/role/global-admin');
  });

  it('gives no account that was put there', async () => {
    const { ports, actor, issue, edit } = await withTokens();
    issue('ci', { roles: [{ role: 'cloud-account-viewer', accounts: ['acc-1'] }], addAccounts: true });
    edit("UPDATE catalog SET title = 'x' WHERE id = 'acc-1'");
    refusal('TAMPERED', () =>
      issue('second', { roles: [{ role: 'cloud-account-viewer', accounts: ['acc-1'] }], addAccounts: true }),
    );
    const empty = parseCatalog('{"permissions":[],"roles":[],"accounts":[]}');
    refusal('TAMPERED', () => importCatalog(ports, actor, { service: 'sc', catalog: empty, force: true }));
  });
});

describe('a public key', () => {
  it('gets no role', async () => {
    const { ports, actor, issue } = await withTokens();
    editService(ports, actor, { service: 'sc', policy: { kinds: ['private', 'public'] } });
    refusal('ROLE_NOT_PUBLIC', () => issue('web', { kind: 'public' as Kind }));
  });
});

describe('a token that would be too long', () => {
  it('is refused with a remedy', async () => {
    const { issue } = await withTokens();
    const accounts = Array.from({ length: 2000 }, (_, nth) => `account-${nth}`);
    const { message } = refusal('TOKEN_TOO_LARGE', () =>
      issue('ci', { roles: [{ role: 'cloud-account-viewer', accounts }], addAccounts: true }),
    );
    expect(message).toContain('for all accounts (*)');
  });
});

describe('reissuing what a compromised key signed', () => {
  it('leaves tokens of other keys alone, and passes over what cannot be reissued', async () => {
    const installation = await withTokens();
    const { ports, actor, store, issue, edit, active, now } = installation;
    const moved = issue('moved').key;
    const plain = issue('plain').key;
    const broken = issue('broken').key;
    const { kid } = active();
    await rotateSigningKey(ports, actor, { purpose: 'token' });
    const current = rotateKey(ports, actor, { key: moved.id, keep: () => undefined });
    edit('UPDATE credential SET issued_at = issued_at + 1 WHERE key_ref = ?', broken.ref);
    await compromiseSigningKey(ports, actor, { kid });
    let kept = 0;
    const keep = (issued: readonly unknown[]) => {
      kept = issued.length;
    };
    expect(reissueSigned(ports, actor, { kid, keep })).toEqual({
      reissued: 1,
      ended: 1,
      skipped: [{ id: broken.id, name: 'broken', code: 'TAMPERED' }],
    });
    expect(kept).toBe(1);
    expect(findKey(ports, current.token)).toMatchObject([{ proven: true }]);
    expect(now(moved.ref).map(({ state }) => state)).toEqual(['refused', 'current']);
    expect(now(plain.ref).map(({ state, refusedReason }) => [state, refusedReason])).toEqual([
      ['refused', 'compromised'],
      ['current', null],
    ]);
    expect(store.signedBy(active().ref, NOW).live).toBe(2);
  });

  it('hands out no token of a public key that is refused', async () => {
    const { ports, actor, active } = await withTokens();
    createService(ports, actor, { service: 'open', template: 'role-tokens' });
    const catalog = parseCatalog('{"permissions":[{"id":"a","title":"A","public_safe":true}],"roles":[]}');
    importCatalog(ports, actor, { service: 'open', catalog });
    editService(ports, actor, { service: 'open', policy: { kinds: ['public'] } });
    const { key, token } = createKey(ports, actor, { service: 'open', name: 'web', permissions: ['a'] });
    expect(copyToken(ports, actor, { key: key.id })).toBe(token);
    await compromiseSigningKey(ports, actor, { kid: active().kid });
    refusal('SECRET_NOT_KEPT', () => copyToken(ports, actor, { key: key.id }));
    expect(findKey(ports, token)).toMatchObject([{ proven: false, credential: { id: key.hint } }]);
  });

  it('is not done with a clock that is behind', async () => {
    const { ports, actor, clock, issue, active } = await withTokens();
    issue('ci');
    clock.now = NOW - 60;
    refusal('CLOCK_BEHIND', () => reissueSigned(ports, actor, { kid: active().kid, keep: () => undefined }));
    acceptClock(ports, actor);
    expect(reissueSigned(ports, actor, { kid: active().kid, keep: () => undefined }).reissued).toBe(1);
  });
});

describe('a trust key', () => {
  it('is not retired before bundles told services of its successor', async () => {
    const { ports, actor } = await withTokens();
    const { kid } = ensureSigningKey(ports, actor, 'trust');
    await rotateSigningKey(ports, actor, { purpose: 'trust' });
    refusal('SIGNING_KEY_IN_USE', () => retireSigningKey(ports, actor, { kid }));
  });
});
