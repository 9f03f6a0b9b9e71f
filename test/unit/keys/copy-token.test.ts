import { describe, expect, it, onTestFinished } from 'vitest';
import { copyToken } from '../../../main/keys/copy-token.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { enableKey } from '../../../main/keys/enable-key.ts';
import type { Key, Kind } from '../../../main/keys/key.ts';
import { tokenDigest } from '../../../main/keys/opaque-token.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { credentialToRow } from '../../../main/store/key-rows.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { addedOperator } from '../../fixtures/operators.ts';
import { findSecretInFolder } from '../../rig/secret-search.ts';

async function withKeys() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
  const issue = (name: string, kind: Kind) => createKey(ports, actor, { service: 'support-api', name, kind });
  return {
    ...installation,
    web: issue('web', 'public'),
    shop: issue('shop', 'public'),
    ci: issue('ci', 'private'),
  };
}

/** Writes another ciphertext for a key's credential, sealed as if Keysmith had written it. */
function plant({ store }: TestInstallation, { ref, auditSeq }: Key, tokenEncrypted: Buffer | null): void {
  const [credential] = store.credentials(ref);
  if (!credential) throw new Error('no credential');
  store.connection.update(
    'credential',
    credentialToRow({ ...credential, tokenEncrypted }, credential.ref),
    auditSeq,
  );
}

describe('copying a token again', () => {
  it('gives exactly the token that was issued', async () => {
    const { ports, actor, store, web, shop } = await withKeys();
    expect(copyToken(ports, actor, { key: web.key.id })).toBe(web.token);
    expect(copyToken(ports, actor, { key: 'support-api/shop' })).toBe(shop.token);
    const [credential] = store.credentials(web.key.ref);
    expect(
      tokenDigest(copyToken(ports, actor, { key: web.key.id })).equals(credential?.digest ?? Buffer.of()),
    ).toBe(true);
  });

  it('gives it also after edits, for a disabled key and for an expired one', async () => {
    const { ports, actor, clock, web } = await withKeys();
    const { id } = web.key;
    editKey(ports, actor, { key: id, permissions: ['sessions:create'], allowedIps: '::1', expires: '1h' });
    renameKey(ports, actor, { key: id, name: 'site' });
    disableKey(ports, actor, { key: id });
    expect(copyToken(ports, actor, { key: id })).toBe(web.token);
    enableKey(ports, actor, { key: id });
    clock.now = NOW + 3600;
    expect(copyToken(ports, actor, { key: id })).toBe(web.token);
  });

  it('gives it also when the installation is opened again', async () => {
    const { installationPorts, actor, store, web } = await withKeys();
    store.close();
    const again = await openInstallation(installationPorts);
    onTestFinished(() => again.store.close());
    expect(copyToken(again.ports, actor, { key: web.key.id })).toBe(web.token);
  });

  it('writes one entry, without the token', async () => {
    const installation = await withKeys();
    const { ports, store, web } = installation;
    const bea = addedOperator(installation, 'Bea');
    const before = store.head().seq;
    copyToken(ports, bea, { key: web.key.id });
    expect(store.head().seq).toBe(before + 1);
    expect(store.audit({ limit: 1 })).toMatchObject([
      {
        action: 'key.copy',
        actor: 'Bea',
        at: NOW,
        subject: { kind: 'key', id: web.key.id },
        before: null,
        after: null,
      },
    ]);
    expect(store.key(web.key.id)).toMatchObject({ tampered: false });
  });

  it('is refused for a private key, whose secret is not kept', async () => {
    const { ports, actor, store, ci } = await withKeys();
    const before = store.head();
    expect(refusal('SECRET_NOT_KEPT', () => copyToken(ports, actor, { key: ci.key.id })).field).toBe('key');
    expect(store.head()).toEqual(before);
    expect(store.credentials(ci.key.ref)[0]?.tokenEncrypted).toBeNull();
  });

  it('is refused for a private key even where a token stands in its row', async () => {
    const installation = await withKeys();
    const { ports, actor, store, ci } = installation;
    const [credential] = store.credentials(ci.key.ref);
    plant(installation, ci.key, ports.tokens.encrypt(ci.token, credential?.id ?? ('' as never)));
    refusal('SECRET_NOT_KEPT', () => copyToken(ports, actor, { key: ci.key.id }));
  });

  it('is refused for a key that is revoked, removed or unknown', async () => {
    const { ports, actor, web, shop } = await withKeys();
    revokeKey(ports, actor, { key: web.key.id });
    removeKey(ports, actor, { key: shop.key.id });
    refusal('KEY_REVOKED', () => copyToken(ports, actor, { key: web.key.id }));
    refusal('KEY_NOT_FOUND', () => copyToken(ports, actor, { key: shop.key.id }));
    refusal('KEY_NOT_FOUND', () => copyToken(ports, actor, { key: 'support-api/nobody' }));
  });
});

describe('a token that was kept', () => {
  it('is refused when its row was changed by hand', async () => {
    const { ports, actor, store, web, shop } = await withKeys();
    const before = store.head();
    const encrypted = store.credentials(shop.key.ref)[0]?.tokenEncrypted ?? Buffer.of();
    const write = store.connection.db.prepare('UPDATE credential SET token_encrypted = ? WHERE key_ref = ?');
    for (const change of [encrypted, Buffer.alloc(100), null]) {
      write.run(change, web.key.ref);
      refusal('TAMPERED', () => copyToken(ports, actor, { key: web.key.id }));
    }
    expect(store.head()).toEqual(before);
  });

  it('is refused at another key, and when it is not the one that was issued, under whatever seal', async () => {
    const installation = await withKeys();
    const { ports, actor, store, web, shop } = installation;
    const [mine] = store.credentials(web.key.ref);
    const [other] = store.credentials(shop.key.ref);
    plant(installation, web.key, other?.tokenEncrypted ?? null);
    expect(store.credentials(web.key.ref)[0]?.tampered, 'the seal itself holds').toBe(false);
    expect(refusal('TAMPERED', () => copyToken(ports, actor, { key: web.key.id })).message).toContain(
      'cannot be read',
    );
    plant(installation, web.key, ports.tokens.encrypt(shop.token, mine?.id ?? ('' as never)));
    expect(refusal('TAMPERED', () => copyToken(ports, actor, { key: web.key.id })).message).toContain(
      'not the one that was issued',
    );
    plant(installation, web.key, null);
    refusal('SECRET_NOT_KEPT', () => copyToken(ports, actor, { key: web.key.id }));
  });

  it('stands in no file of the data folder', async () => {
    const { ports, actor, folder, web } = await withKeys();
    copyToken(ports, actor, { key: web.key.id });
    expect(findSecretInFolder(web.token.slice(-49, -6), folder)).toEqual([]);
    expect(findSecretInFolder(web.key.id, folder), 'the search itself finds what is there').not.toEqual([]);
  });

  it('goes when the key is rotated, revoked or removed', async () => {
    const { ports, actor, store, web, shop } = await withKeys();
    const kept = (key: Key) =>
      store.credentials(key.ref).map(({ tokenEncrypted }) => tokenEncrypted !== null);
    expect([kept(web.key), kept(shop.key)]).toEqual([[true], [true]]);
    const rotated = rotateKey(ports, actor, { key: web.key.id });
    expect(kept(web.key), 'of the old secret, also in its grace period').toEqual([false, true]);
    expect(copyToken(ports, actor, { key: web.key.id })).toBe(rotated.token);
    revokeKey(ports, actor, { key: web.key.id });
    removeKey(ports, actor, { key: shop.key.id });
    expect([kept(web.key), kept(shop.key)]).toEqual([[false, false], [false]]);
  });
});
