import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { renewSecret } from '../../../main/keys/renew-secret.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { CURRENT, previous, refused, stateOf } from '../../fixtures/token-state.ts';

const DAY = 86_400;

async function withKey(expires?: string) {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  return { ...installation, ...createKey(ports, actor, { service: 'team-api', name: 'ci', expires }) };
}

describe('rotating a key', () => {
  it('gives it a new secret, and keeps the old one valid for seven days', async () => {
    const installation = await withKey();
    const { ports, actor, store, clock, key, token } = installation;
    clock.now = NOW + 60;
    const rotated = rotateKey(ports, actor, { key: key.id });
    expect(rotated.key).toMatchObject({ id: key.id, rotatedAt: NOW + 60, savedAt: null, credentials: 2 });
    expect(rotated.key.hint).not.toBe(key.hint);
    expect(store.key(key.id)).toEqual(rotated.key);
    const end = NOW + 60 + 7 * DAY;
    expect(stateOf(installation, rotated.token)).toEqual(CURRENT);
    expect(stateOf(installation, token)).toEqual(previous(end));
    expect(store.audit({ limit: 1 })[0]).toMatchObject({
      action: 'key.rotate',
      before: { hint: key.hint, saved_at: null },
      after: { hint: rotated.key.hint, saved_at: null, rotated_at: NOW + 60, grace_until: end },
    });
    clock.now = end - 1;
    expect(stateOf(installation, token)).toEqual(previous(end));
    clock.now = end;
    expect(stateOf(installation, token)).toEqual(refused('superseded', end));
    expect(stateOf(installation, rotated.token)).toEqual(CURRENT);
    expect((await verifyAudit(installation)).findings).toEqual([]);
  });

  it.each([
    ['30d', 30 * DAY],
    ['1h', 3600],
  ])('keeps the old secret for %s when asked to', async (grace, seconds) => {
    const installation = await withKey();
    const { ports, actor, key, token } = installation;
    rotateKey(ports, actor, { key: key.id, grace });
    expect(stateOf(installation, token)).toEqual(previous(NOW + seconds));
  });

  it('refuses the old secret at once when asked to', async () => {
    const installation = await withKey();
    const { ports, actor, key, token } = installation;
    rotateKey(ports, actor, { key: key.id, grace: 'none' });
    expect(stateOf(installation, token)).toEqual(refused('superseded', NOW));
  });

  it.each(['31d', '0d', 'a while', ''])(
    'with the grace period %j is refused and changes nothing',
    async grace => {
      const { ports, actor, store, key } = await withKey();
      const before = store.head();
      expect(refusal('GRACE_INVALID', () => rotateKey(ports, actor, { key: key.id, grace })).field).toBe(
        'grace',
      );
      expect(store.head()).toEqual(before);
      expect(store.credentials(key.ref)).toHaveLength(1);
    },
  );

  it('again refuses the secret before the last at once', async () => {
    const installation = await withKey();
    const { ports, actor, store, clock, key, token } = installation;
    const second = rotateKey(ports, actor, { key: key.id });
    markSaved(ports, actor, { key: key.id });
    clock.now = NOW + DAY;
    const third = rotateKey(ports, actor, { key: key.id, grace: '1h' });
    expect(stateOf(installation, token)).toEqual(refused('superseded', NOW + DAY));
    expect(stateOf(installation, second.token)).toEqual(previous(NOW + DAY + 3600));
    expect(stateOf(installation, third.token)).toEqual(CURRENT);
    expect(store.credentials(key.ref)).toHaveLength(3);
    expect((await verifyAudit(installation)).findings).toEqual([]);
  });

  it('again because the new secret got lost leaves the one in use its grace period', async () => {
    const installation = await withKey();
    const { ports, actor, store, clock, key, token } = installation;
    markSaved(ports, actor, { key: key.id });
    const lost = rotateKey(ports, actor, { key: key.id });
    refusal('KEY_CHANGED', () => markSaved(ports, actor, { key: key.id, hint: key.hint }));
    clock.now = NOW + DAY;
    const third = rotateKey(ports, actor, { key: key.id });
    expect(stateOf(installation, token)).toEqual(previous(NOW + 7 * DAY));
    expect(stateOf(installation, lost.token)).toEqual(refused('superseded', NOW + DAY));
    const fourth = renewSecret(ports, actor, { key: key.id });
    expect(stateOf(installation, token)).toEqual(previous(NOW + 7 * DAY));
    expect(stateOf(installation, third.token)).toEqual(refused('superseded', NOW + DAY));
    expect(stateOf(installation, fourth.token)).toEqual(CURRENT);
    expect(store.audit({ limit: 1 })[0]?.after).toMatchObject({ grace_until: NOW + 7 * DAY });
    rotateKey(ports, actor, { key: key.id, grace: 'none' });
    expect(stateOf(installation, token)).toEqual(refused('superseded', NOW + DAY));
    expect(stateOf(installation, fourth.token)).toEqual(refused('superseded', NOW + DAY));
  });

  it('long after a grace period keeps when that one ended', async () => {
    const installation = await withKey();
    const { ports, actor, store, clock, key } = installation;
    rotateKey(ports, actor, { key: key.id, grace: '1h' });
    clock.now = NOW + 30 * DAY;
    rotateKey(ports, actor, { key: key.id, grace: 'none' });
    expect(store.credentials(key.ref).map(({ state, refusedAt }) => [state, refusedAt])).toEqual([
      ['refused', NOW + 3600],
      ['refused', NOW + 30 * DAY],
      ['current', null],
    ]);
  });

  it('counts as saved when the new secret was kept before it replaced the old one', async () => {
    const { ports, actor, store, key } = await withKey();
    const kept: string[] = [];
    const { token, key: after } = rotateKey(ports, actor, { key: key.id, keep: secret => kept.push(secret) });
    expect(kept).toEqual([token]);
    expect(after.savedAt).toBe(NOW);
    expect(store.credentials(key.ref).map(({ savedAt }) => savedAt)).toEqual([null, NOW]);
  });

  it.each(['keep', 'deliver'] as const)(
    'leaves everything as it was when it cannot %s the secret',
    async step => {
      const installation = await withKey();
      const { ports, actor, store, key, token } = installation;
      const before = store.head();
      const fail = () => {
        throw new Error('no disk');
      };
      expect(() => rotateKey(ports, actor, { key: key.id, [step]: fail })).toThrow('no disk');
      expect(store.head()).toEqual(before);
      expect(store.key(key.id)).toEqual(key);
      expect(stateOf(installation, token)).toEqual(CURRENT);
    },
  );

  it('is refused for a key that is expired, revoked or removed, and with a clock that is behind', async () => {
    const { ports, actor, store, clock, key } = await withKey('1h');
    clock.now = NOW - 1;
    refusal('CLOCK_BEHIND', () => rotateKey(ports, actor, { key: key.id }));
    clock.now = NOW + 3600;
    const before = store.head();
    expect(refusal('KEY_EXPIRED', () => rotateKey(ports, actor, { key: key.id })).message).toContain(
      'expired on 2026-11-23T05:00:00Z',
    );
    expect(store.head()).toEqual(before);
    revokeKey(ports, actor, { key: key.id });
    refusal('KEY_REVOKED', () => rotateKey(ports, actor, { key: key.id }));
    removeKey(ports, actor, { key: key.id });
    refusal('KEY_NOT_FOUND', () => rotateKey(ports, actor, { key: key.id }));
  });
});
