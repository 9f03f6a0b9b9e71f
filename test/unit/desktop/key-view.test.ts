import { describe, expect, it } from 'vitest';
import { keyViewer } from '../../../main/desktop/key-view.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { importCatalog } from '../../../main/keys/import-catalog.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const DAY = 86_400;

async function withKeys() {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
  const ci = createKey(ports, actor, {
    service: 'support-api',
    name: 'ci',
    permissions: ['devices:read'],
    expires: '30d',
  });
  const web = createKey(ports, actor, {
    service: 'support-api',
    name: 'web',
    kind: 'public',
    permissions: ['sessions:create', 'deferred-requests:create'],
  });
  const view = (id = ci.key.id, now = NOW) => {
    const key = store.key(id);
    return key && keyViewer(store, now)(key);
  };
  return { ...installation, ci, web, view };
}

describe('what the window sees of a key', () => {
  it('is these members and no other', async () => {
    const { view } = await withKeys();
    expect(Object.keys(view() ?? {}).sort()).toEqual([
      'allowedIps',
      'auditSeq',
      'compromised',
      'createdAt',
      'createdBy',
      'credentials',
      'description',
      'expiresAt',
      'exposed',
      'format',
      'hint',
      'id',
      'kind',
      'name',
      'owner',
      'permissions',
      'revokeReason',
      'revokedAt',
      'roles',
      'rotatedAt',
      'rotationDueAt',
      'savedAt',
      'service',
      'stale',
      'status',
      'tampered',
      'unpublished',
    ]);
  });

  it('never has the secret in it', async () => {
    const { view, ci, web, store } = await withKeys();
    for (const { key, token } of [ci, web]) {
      const seen = JSON.stringify(view(key.id));
      const [credential] = store.credentials(key.ref);
      expect(seen).toContain(token.slice(0, 24));
      expect(seen).not.toContain(token.slice(-49, -10));
      expect(seen).not.toContain(credential?.digest?.toString('hex'));
    }
  });

  it('has the status by the clock', async () => {
    const { view, ports, actor, ci } = await withKeys();
    expect([view(), view(ci.key.id, NOW + 30 * DAY)].map(each => each?.status)).toEqual([
      'active',
      'expired',
    ]);
    disableKey(ports, actor, { key: ci.key.id });
    expect(view()?.status).toBe('disabled');
  });

  it('says when the secret of a private key is due for rotation', async () => {
    const { view, ports, actor, clock, ci, web } = await withKeys();
    expect([view(), view(web.key.id)].map(each => each?.rotationDueAt)).toEqual([NOW + 90 * DAY, null]);
    clock.now = NOW + DAY;
    rotateKey(ports, actor, { key: ci.key.id });
    expect(view()?.rotationDueAt).toBe(NOW + 91 * DAY);
    editService(ports, actor, { service: 'support-api', policy: { rotation: null } });
    expect(view()?.rotationDueAt).toBeNull();
  });

  it('names the permissions of a public key that are not public-safe any more', async () => {
    const { view, ports, actor, web } = await withKeys();
    expect(view(web.key.id)?.exposed).toEqual([]);
    const permissions = [{ id: 'sessions:create', title: 'Sessions', description: '', public_safe: false }];
    const catalog = { permissions, roles: [], accounts: [] };
    importCatalog(ports, actor, { service: 'support-api', catalog, force: true });
    expect(view(web.key.id)?.exposed).toEqual(['deferred-requests:create', 'sessions:create']);
    expect(view()?.exposed, 'a private key holds what it likes').toEqual([]);
  });
});
