import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { run } from '../../fixtures/edited-by-hand.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const DAY = 86_400;

describe('rotating a signing key', () => {
  it('is refused for one that was edited by hand, which would be sealed anew', async () => {
    const installation = await testInstallation();
    const { ports, actor, store } = installation;
    const { kid } = await rotateSigningKey(ports, actor, { purpose: 'trust' });
    run(installation, 'UPDATE signing_key SET created_at = created_at - 1');
    await expect(rotateSigningKey(ports, actor, { purpose: 'trust' })).rejects.toMatchObject({
      code: 'TAMPERED',
      message: expect.stringContaining(kid),
    });
    expect(store.signingKeys()).toMatchObject([{ kid, state: 'active', tampered: true }]);
  });

  it('leaves it to say how many tokens depend on the old one, until when, and how many without end', async () => {
    const { ports, actor, store, clock } = await testInstallation();
    createService(ports, actor, { service: 'cloud', template: 'role-tokens' });
    editService(ports, actor, { service: 'cloud', policy: { expiry: { required: false } } });
    const issue = (name: string, expires: string) =>
      createKey(ports, actor, {
        service: 'cloud',
        name,
        expires,
        roles: [{ role: 'global-viewer', accounts: null }],
      });
    issue('short', '1d');
    issue('long', '9d');
    const { ref } = store.activeSigningKey('token') ?? { ref: 0 as never };
    await rotateSigningKey(ports, actor, { purpose: 'token' });
    expect(store.signedBy(ref, NOW)).toEqual({ live: 2, lastEnds: NOW + 9 * DAY, endless: 0 });
    clock.now = NOW + DAY;
    expect(store.signedBy(ref, clock.now)).toEqual({ live: 1, lastEnds: NOW + 9 * DAY, endless: 0 });

    issue('endless', 'never');
    const active = store.activeSigningKey('token') ?? { ref: 0 as never };
    expect(store.signedBy(active.ref, clock.now)).toEqual({ live: 1, lastEnds: null, endless: 1 });
  });
});
