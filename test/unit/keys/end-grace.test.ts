import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { endGrace } from '../../../main/keys/end-grace.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { CURRENT, refused, stateOf } from '../../fixtures/token-state.ts';

const DAY = 86_400;

async function withKey() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  return { ...installation, ...createKey(ports, actor, { service: 'team-api', name: 'ci' }) };
}

describe('ending a grace period', () => {
  it('refuses the old secret at once and leaves the new one', async () => {
    const installation = await withKey();
    const { ports, actor, store, clock, key, token } = installation;
    const rotated = rotateKey(ports, actor, { key: key.id });
    clock.now = NOW - 60;
    endGrace(ports, actor, { key: key.id });
    expect(stateOf(installation, token), 'also with a clock that is behind').toEqual(
      refused('superseded', NOW - 60),
    );
    expect(stateOf(installation, rotated.token)).toEqual(CURRENT);
    expect(store.audit({ limit: 1 })[0]).toMatchObject({
      action: 'key.end-grace',
      before: { hint: key.hint, grace_until: NOW + 7 * DAY },
      after: { hint: key.hint, grace_until: NOW - 60 },
    });
    expect((await verifyAudit(installation)).findings).toEqual([]);
  });

  it('is refused where none runs', async () => {
    const { ports, actor, store, clock, key } = await withKey();
    refusal('KEY_CHANGED', () => endGrace(ports, actor, { key: key.id }));
    rotateKey(ports, actor, { key: key.id, grace: '1h' });
    clock.now = NOW + 3600;
    const before = store.head();
    refusal('KEY_CHANGED', () => endGrace(ports, actor, { key: key.id }));
    expect(store.head()).toEqual(before);
    revokeKey(ports, actor, { key: key.id });
    refusal('KEY_REVOKED', () => endGrace(ports, actor, { key: key.id }));
  });
});

describe('revoking a key in a grace period', () => {
  it('refuses both secrets', async () => {
    const installation = await withKey();
    const { ports, actor, clock, key, token } = installation;
    const rotated = rotateKey(ports, actor, { key: key.id });
    clock.now = NOW + 60;
    revokeKey(ports, actor, { key: key.id });
    const revoked = refused('revoked', NOW + 60);
    expect(stateOf(installation, token)).toEqual(revoked);
    expect(stateOf(installation, rotated.token)).toEqual(revoked);
  });

  it.each([
    ['revoked', revokeKey],
    ['removed', removeKey],
  ] as const)('that is over leaves the old secret superseded when the key is %s', async (reason, end) => {
    const installation = await withKey();
    const { ports, actor, store, clock, key } = installation;
    rotateKey(ports, actor, { key: key.id, grace: '1h' });
    clock.now = NOW + DAY;
    end(ports, actor, { key: key.id });
    expect(store.credentials(key.ref).map(each => [each.state, each.refusedReason, each.refusedAt])).toEqual([
      ['refused', 'superseded', NOW + 3600],
      ['refused', reason, NOW + DAY],
    ]);
  });
});
