import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { findKey } from '../../../main/keys/find-key.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import { renewSecret } from '../../../main/keys/renew-secret.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { CURRENT, refused, stateOf } from '../../fixtures/token-state.ts';

describe('a new secret for a key', () => {
  it('is not saved yet, and the old one is refused at once', async () => {
    const installation = await testInstallation();
    const { ports, actor, store, clock } = installation;
    const first = createKey(ports, actor, { service: 'team-api', name: 'ci' });
    clock.now = NOW + 60;
    const second = renewSecret(ports, actor, { key: first.key.id });
    expect(second.token).not.toBe(first.token);
    expect(second.key).toMatchObject({
      id: first.key.id,
      savedAt: null,
      rotatedAt: NOW + 60,
      credentials: 2,
    });
    expect(store.key(first.key.id)).toEqual(second.key);
    expect(findKey(ports, second.token)).toMatchObject([
      { proven: true, credential: { state: 'current', tampered: false } },
    ]);
    expect(findKey(ports, first.token)).toMatchObject([
      { proven: true, credential: { state: 'refused', refusedReason: 'superseded', refusedAt: NOW + 60 } },
    ]);
    expect((await verifyAudit(installation)).findings).toEqual([]);
  });

  it('replaces the one that a rotation gave and nobody saved', async () => {
    const installation = await testInstallation();
    const { ports, actor } = installation;
    const { key } = createKey(ports, actor, { service: 'team-api', name: 'ci' });
    const lost = rotateKey(ports, actor, { key: key.id });
    const found = renewSecret(ports, actor, { key: key.id });
    expect(stateOf(installation, lost.token)).toEqual(refused('superseded', NOW));
    expect(stateOf(installation, found.token)).toEqual(CURRENT);
  });

  it('is refused once the secret was confirmed as saved: it may be in use', async () => {
    const { ports, actor, store } = await testInstallation();
    const { key } = createKey(ports, actor, { service: 'team-api', name: 'ci' });
    markSaved(ports, actor, { key: key.id });
    const before = store.head();
    refusal('KEY_CHANGED', () => renewSecret(ports, actor, { key: key.id }));
    expect(store.head()).toEqual(before);
  });

  it('is refused for a revoked key, and with a clock that is behind', async () => {
    const { ports, actor, clock } = await testInstallation();
    const { key } = createKey(ports, actor, { service: 'team-api', name: 'ci' });
    clock.now = NOW - 1;
    refusal('CLOCK_BEHIND', () => renewSecret(ports, actor, { key: key.id }));
    clock.now = NOW;
    revokeKey(ports, actor, { key: key.id });
    refusal('KEY_REVOKED', () => renewSecret(ports, actor, { key: key.id }));
  });
});
