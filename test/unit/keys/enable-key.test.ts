import { describe, expect, it } from 'vitest';
import { acceptClock } from '../../../main/keys/accept-clock.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { enableKey } from '../../../main/keys/enable-key.ts';
import { statusAt } from '../../../main/keys/key.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { CURRENT, stateOf } from '../../fixtures/token-state.ts';

const HOUR = 3600;

async function withKey(expires?: string) {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
  const request = { service: 'support-api', name: 'web', kind: 'public', expires } as const;
  return { ...installation, ...createKey(ports, actor, request) };
}

describe('a disabled key', () => {
  it('is what it was once it is enabled again', async () => {
    const installation = await withKey();
    const { ports, actor, store, clock, key, token } = installation;
    clock.now = NOW + HOUR;
    expect(disableKey(ports, actor, { key: key.id })).toEqual({
      ...key,
      status: 'disabled',
      auditSeq: store.head().seq,
    });
    expect(store.audit({ limit: 1 })[0]).toMatchObject({
      action: 'key.disable',
      before: { status: 'active' },
      after: { status: 'disabled' },
    });
    expect(stateOf(installation, token), 'its secret stays its own').toEqual(CURRENT);
    expect(enableKey(ports, actor, { key: 'support-api/web' })).toEqual({
      ...key,
      auditSeq: store.head().seq,
    });
    expect(store.audit({ limit: 1 })[0]).toMatchObject({
      action: 'key.enable',
      before: { status: 'disabled' },
      after: { status: 'active' },
    });
    expect((await verifyAudit(installation)).findings).toEqual([]);
  });

  it('that is disabled again, or one that works and is enabled, is not written', async () => {
    const { ports, actor, store, key } = await withKey();
    const before = store.head();
    expect(enableKey(ports, actor, { key: key.id })).toEqual(key);
    expect(store.head()).toEqual(before);
    const disabled = disableKey(ports, actor, { key: key.id });
    const after = store.head();
    expect(disableKey(ports, actor, { key: key.id })).toEqual(disabled);
    expect(store.head()).toEqual(after);
  });

  it('may get a new expiry as it is enabled, in one entry', async () => {
    const { ports, actor, store, key } = await withKey();
    disableKey(ports, actor, { key: key.id });
    const enabled = enableKey(ports, actor, { key: key.id, expires: '30d' });
    expect(enabled).toMatchObject({ status: 'active', expiresAt: NOW + 30 * 24 * HOUR });
    expect(store.audit({ limit: 1 })[0]?.after).toEqual({ status: 'active', expires_at: enabled.expiresAt });
  });

  it('expires all the same', async () => {
    const { ports, actor, clock, key } = await withKey('1h');
    disableKey(ports, actor, { key: key.id });
    clock.now = NOW + HOUR;
    refusal('KEY_EXPIRED', () => enableKey(ports, actor, { key: key.id }));
    expect(statusAt(enableKey(ports, actor, { key: key.id, expires: '1h' }), clock.now)).toBe('active');
  });
});

describe('an expired key', () => {
  it('needs a new expiry to be enabled, from its very second on', async () => {
    const { ports, actor, store, clock, key } = await withKey('1h');
    clock.now = NOW + HOUR - 1;
    const before = store.head();
    expect(enableKey(ports, actor, { key: key.id }), 'it still works').toEqual(key);
    clock.now = NOW + HOUR;
    const { field, message } = refusal('KEY_EXPIRED', () => enableKey(ports, actor, { key: key.id }));
    expect(field).toBe('expires');
    expect(message).toContain('expired on 2026-11-23T05:00:00Z');
    expect(message).toContain('at the latest 2027-11-23T23:59:59Z');
    refusal('EXPIRY_TOO_FAR', () => enableKey(ports, actor, { key: key.id, expires: '2027-11-24' }));
    refusal('EXPIRY_REQUIRED', () => enableKey(ports, actor, { key: key.id, expires: 'never' }));
    refusal('EXPIRY_IN_PAST', () =>
      enableKey(ports, actor, { key: key.id, expires: '2026-11-23T05:00:00Z' }),
    );
    refusal('EXPIRY_INVALID', () => enableKey(ports, actor, { key: key.id, expires: 'later' }));
    expect(store.head()).toEqual(before);
    const enabled = enableKey(ports, actor, { key: key.id, expires: '2027-11-23' });
    expect(statusAt(enabled, clock.now)).toBe('active');
    expect(store.audit({ limit: 1 })[0]).toMatchObject({
      action: 'key.enable',
      before: { expires_at: NOW + HOUR },
      after: { expires_at: enabled.expiresAt },
    });
  });

  it('may be disabled, and is still expired', async () => {
    const { ports, actor, clock, key } = await withKey('1h');
    clock.now = NOW + HOUR;
    const disabled = disableKey(ports, actor, { key: key.id });
    expect([disabled.status, statusAt(disabled, clock.now)]).toEqual(['disabled', 'expired']);
  });
});

describe('a clock that is behind', () => {
  it('lets keys be disabled, and not enabled until it is accepted', async () => {
    const { ports, actor, store, clock, key } = await withKey();
    clock.now = NOW - 60;
    expect(disableKey(ports, actor, { key: key.id }).status).toBe('disabled');
    const before = store.head();
    refusal('CLOCK_BEHIND', () => enableKey(ports, actor, { key: key.id }));
    expect(store.head()).toEqual(before);
    acceptClock(ports, actor);
    expect(enableKey(ports, actor, { key: key.id }).status).toBe('active');
  });
});
