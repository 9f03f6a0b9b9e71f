import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkChange } from '../../../main/keys/bulk-change.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { enableKey } from '../../../main/keys/enable-key.ts';
import { type ErrorCode, KeysmithError } from '../../../main/keys/errors.ts';
import { formatTime, latestExpiry } from '../../../main/keys/expiry.ts';
import { policySchema } from '../../../main/keys/policy.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const at = (text: string) => Date.parse(text) / 1000;

/** The expiry that comes of a change, or the code of its refusal. */
function outcome(work: () => number | null): number | null | ErrorCode {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
    return error.refusals?.[0]?.code ?? error.code;
  }
}

describe('the expiry that a policy allows', () => {
  it('is the same for a new key, an edit, enabling and extending', async () => {
    const { ports, actor, store, clock } = await testInstallation();
    createService(ports, actor, { service: 'api' });
    const duration = fc.oneof(
      fc.integer({ min: 1, max: 24 }).map(months => `P${months}M`),
      fc.integer({ min: 1, max: 800 }).map(days => `${days}d`),
      fc.integer({ min: 1, max: 100 }).map(hours => `${hours}h`),
    );
    const date = fc.integer({ min: -3, max: 1200 }).map(days => formatTime(NOW + days * 86_400).slice(0, 10));
    const requested = fc.oneof(
      duration,
      date,
      date.map(day => `${day}T12:00:00+14:00`),
      fc.constantFrom('never', 'soon', '2027-02-29', '9999-12-31', '9999999d', '0d', ''),
    );
    let made = 0;
    fc.assert(
      fc.property(
        fc.option(duration),
        fc.boolean(),
        fc.nat(4000),
        requested,
        (max, required, days, expires) => {
          // Days that lie apart, so that leap years come up; forward only, as clocks go.
          clock.now += days * 3600;
          const policy = { expiry: { max, required, default: null, choices: [] } };
          const { policy: rules } = editService(ports, actor, { service: 'api', policy });
          const issue = (lives: string) =>
            createKey(ports, actor, { service: 'api', name: `key ${++made}`, expires: lives }).key;
          const [edited, enabled, extended] = [issue('1s'), issue('1s'), issue('1s')];
          const now = clock.now;
          const outcomes = [
            outcome(() => issue(expires).expiresAt),
            outcome(() => editKey(ports, actor, { key: edited.id, expires }).expiresAt),
            outcome(() => enableKey(ports, actor, { key: enabled.id, expires }).expiresAt),
            outcome(() => {
              bulkChange(ports, actor, { action: 'extend', keys: [extended.id], expires });
              return store.key(extended.id)?.expiresAt ?? null;
            }),
          ];
          const [first = null] = outcomes;
          expect(outcomes).toEqual([first, first, first, first]);
          if (typeof first === 'string') {
            expect(first).toMatch(/^EXPIRY_(INVALID|IN_PAST|REQUIRED|TOO_FAR)$/);
            return;
          }
          const latest = latestExpiry(rules, now) ?? Infinity;
          if (first === null) expect([required, latest]).toEqual([false, Infinity]);
          else expect(first > now && first <= latest, formatTime(first)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['2026-11-23T04:00:00Z', '2027-11-23', '2027-11-24'],
    ['2027-02-28T00:00:00Z', '2028-02-28', '2028-02-29'],
    ['2028-02-29T23:59:59Z', '2029-02-28', '2029-03-01'],
    ['2028-03-01T00:00:00Z', '2029-03-01', '2029-03-02'],
    ['2026-12-31T23:59:59Z', '2027-12-31', '2028-01-01'],
  ])('of one year from %s is the end of %s, and not %s', async (now, last, beyond) => {
    const { ports, actor, store, clock } = await testInstallation();
    clock.now = at(now);
    createService(ports, actor, { service: 'api', template: 'public-private-keys' });
    const { key } = createKey(ports, actor, { service: 'api', name: 'ci', expires: last });
    expect(key.expiresAt).toBe(at(`${last}T23:59:59Z`));
    const before = store.head();
    for (const expires of [beyond, `${beyond}T00:00:00Z`]) {
      refusal('EXPIRY_TOO_FAR', () => createKey(ports, actor, { service: 'api', name: 'two', expires }));
      refusal('EXPIRY_TOO_FAR', () => editKey(ports, actor, { key: key.id, expires }));
    }
    expect(store.head()).toEqual(before);
  });

  it('of one year does not allow a year and a day', async () => {
    const { ports, actor } = await testInstallation();
    createService(ports, actor, { service: 'api', template: 'public-private-keys' });
    const issue = (expires?: string) =>
      createKey(ports, actor, { service: 'api', name: `${expires}`, expires }).key;
    refusal('EXPIRY_TOO_FAR', () => issue('P1Y1D'));
    refusal('EXPIRY_TOO_FAR', () => issue('366d'));
    refusal('EXPIRY_REQUIRED', () => issue('never'));
    expect(issue('P1Y').expiresAt).toBe(at('2027-11-23T04:00:00Z'));
    expect(issue('365d').expiresAt).toBe(at('2027-11-23T04:00:00Z'));
    expect(issue().expiresAt, 'the default').toBe(at('2027-11-23T04:00:00Z'));
  });

  it('holds for keys from now on, and leaves those that exist', async () => {
    const { ports, actor } = await testInstallation();
    createService(ports, actor, { service: 'api' });
    const { key } = createKey(ports, actor, { service: 'api', name: 'ci' });
    editService(ports, actor, {
      service: 'api',
      policy: { expiry: { required: true, max: 'P1M', choices: [] } },
    });
    expect(editKey(ports, actor, { key: key.id, owner: 'Ann' }).expiresAt).toBeNull();
    refusal('EXPIRY_TOO_FAR', () => editKey(ports, actor, { key: key.id, expires: 'P2M' }));
    expect(editKey(ports, actor, { key: key.id, expires: 'P1M' }).expiresAt).toBe(at('2026-12-23T04:00:00Z'));
  });
});

describe('a policy', () => {
  const base = {
    kinds: ['private'],
    expiry: { required: false, default: null, max: null, choices: [] },
    allowed_ips: false,
    rotation: null,
    renamable: true,
    managed_by: 'admin',
  };

  it.each([
    ['no kind', { kinds: [] }],
    ['a kind that does not exist', { kinds: ['secret'] }],
    ['a rotation that is no duration', { rotation: 'monthly' }],
    ['a rotation of nothing', { rotation: 'P0D' }],
    ['a manager that does not exist', { managed_by: 'viewer' }],
    ['a choice that is no duration', { expiry: { ...base.expiry, choices: ['never'] } }],
    ['too many choices', { expiry: { ...base.expiry, choices: Array(13).fill('P1M') } }],
    ['a rule that does not exist', { anything: true }],
  ])('with %s is none', (_, change) => {
    expect(policySchema.safeParse({ ...base, ...change }).success).toBe(false);
    expect(policySchema.safeParse(base).success).toBe(true);
  });
});
