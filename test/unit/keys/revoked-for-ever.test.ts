import { describe, expect, it } from 'vitest';
import { bulkChange } from '../../../main/keys/bulk-change.ts';
import { copyToken } from '../../../main/keys/copy-token.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { enableKey } from '../../../main/keys/enable-key.ts';
import { endGrace } from '../../../main/keys/end-grace.ts';
import type { Key } from '../../../main/keys/key.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { renewSecret } from '../../../main/keys/renew-secret.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { testInstallation } from '../../fixtures/installation.ts';

async function withKey(expires?: string) {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
  const request = { service: 'support-api', name: 'web', kind: 'public', expires } as const;
  return { ...installation, ...createKey(ports, actor, request) };
}

describe('a revoked key', () => {
  const LATER = '2027-06-30';

  it('never comes back, whatever is asked', async () => {
    const { ports, actor, store, key } = await withKey('1h');
    disableKey(ports, actor, { key: key.id });
    revokeKey(ports, actor, { key: key.id });
    const before = store.head();
    const { id } = key;
    const attempts: (() => Key | unknown)[] = [
      () => enableKey(ports, actor, { key: id }),
      () => enableKey(ports, actor, { key: id, expires: LATER }),
      () => disableKey(ports, actor, { key: id }),
      () => editKey(ports, actor, { key: id, expires: LATER }),
      () => rotateKey(ports, actor, { key: id }),
      () => renewSecret(ports, actor, { key: id }),
      () => endGrace(ports, actor, { key: id }),
      () => copyToken(ports, actor, { key: id }),
      () => markSaved(ports, actor, { key: id }),
      () => renameKey(ports, actor, { key: id, name: 'other' }),
      () => revokeKey(ports, actor, { key: id }),
    ];
    for (const attempt of attempts) refusal('KEY_REVOKED', attempt);
    for (const action of ['enable', 'disable', 'extend', 'revoke'] as const) {
      const { refusals } = refusal('BULK_REFUSED', () =>
        bulkChange(ports, actor, { action, keys: [id], expires: LATER }),
      );
      expect(refusals?.map(({ code }) => code)).toEqual(['KEY_REVOKED']);
    }
    expect(store.head()).toEqual(before);
    expect(store.key(id)?.status).toBe('revoked');
    removeKey(ports, actor, { key: id });
    for (const attempt of attempts) refusal('KEY_NOT_FOUND', attempt);
    expect(store.credentials(key.ref).map(({ state }) => state)).toEqual(['refused']);
  });
});
