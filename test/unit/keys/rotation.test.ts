import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime } from '../../../main/keys/expiry.ts';
import type { Key } from '../../../main/keys/key.ts';
import type { Policy } from '../../../main/keys/policy.ts';
import { GRACE, latestStart, resolveGrace, rotationDueAt } from '../../../main/keys/rotation.ts';
import { findTemplate } from '../../../main/keys/templates.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW } from '../../fixtures/installation.ts';

const DAY = 86_400;
const at = (text: string) => Date.parse(text) / 1000;
const policy = (rotation: string | null): Policy => ({ ...findTemplate('blank').policy, rotation });
const key = (change: Partial<Key> = {}) => ({
  kind: 'private' as const,
  status: 'active' as const,
  createdAt: NOW,
  rotatedAt: null,
  ...change,
});
const due = (from: string, rotation: string) =>
  formatTime(rotationDueAt(key({ createdAt: at(from) }), policy(rotation)) ?? 0);

describe('the rotation of a key', () => {
  it('is due an interval after its secret was issued', () => {
    expect(rotationDueAt(key(), policy('P90D'))).toBe(NOW + 90 * DAY);
    expect(rotationDueAt(key({ rotatedAt: NOW + DAY }), policy('P90D'))).toBe(NOW + 91 * DAY);
    expect(due('2026-11-23T04:00:00Z', 'P3M')).toBe('2027-02-23T04:00:00Z');
  });

  it('is due at the end of the month where the month has no such day', () => {
    expect(due('2026-01-28T23:00:00Z', 'P1M')).toBe('2026-02-28T23:00:00Z');
    expect(due('2026-01-29T01:00:00Z', 'P1M'), 'never before that of an older secret').toBe(
      '2026-02-28T23:59:59Z',
    );
    expect(due('2028-02-29T12:00:00Z', 'P1Y')).toBe('2029-02-28T23:59:59Z');
  });

  it('is never due without an interval, for public keys and for keys that are ended', () => {
    expect(rotationDueAt(key(), policy(null))).toBeNull();
    expect(rotationDueAt(key({ kind: 'public' }), policy('P90D'))).toBeNull();
    for (const status of ['disabled', 'revoked'] as const)
      expect(rotationDueAt(key({ status }), policy('P90D'))).toBeNull();
  });

  it('is due for exactly the secrets that were issued by the latest start', () => {
    expect(latestStart(NOW, policy(null))).toBeNull();
    expect(latestStart(NOW, policy('P90D'))).toBe(NOW - 90 * DAY);
    expect(latestStart(100, policy('P1D')), 'no secret is that old').toBe(-1);
    const interval = fc
      .record({ months: fc.nat(40), days: fc.nat(400), seconds: fc.nat(5) })
      .filter(({ months, days, seconds }) => months + days + seconds > 0)
      .map(({ months, days, seconds }) => `P${months}M${days}DT${seconds}S`);
    // Close to midnight at the ends of months, where calendars are odd.
    const monthEnd = fc
      .tuple(fc.integer({ min: 2000, max: 2040 }), fc.nat(11), fc.integer({ min: -4 * DAY, max: 2 * DAY }))
      .map(([year, month, offset]) => Date.UTC(year, month + 1, 1) / 1000 + offset);
    const issued = fc.oneof(fc.integer({ min: 10 * DAY, max: 2 * NOW }), monthEnd);
    const dueAt = (createdAt: number, rotation: string) =>
      rotationDueAt(key({ createdAt }), policy(rotation)) ?? 0;
    const apart = fc.integer({ min: -2 * DAY, max: 2 * DAY });
    fc.assert(
      fc.property(
        issued,
        interval,
        apart,
        apart,
        fc.nat(2 * NOW),
        (first, rotation, near, since, anytime) => {
          for (const now of [dueAt(first, rotation) + since, dueAt(first, rotation), anytime]) {
            const latest = latestStart(now, policy(rotation)) ?? 0;
            for (const createdAt of [first, first + near, Math.max(0, latest), latest + 1])
              expect(dueAt(createdAt, rotation) <= now, formatTime(createdAt)).toBe(createdAt <= latest);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a grace period', () => {
  it('is seven days unless something else is said', () => {
    expect(resolveGrace(undefined, NOW)).toBe(NOW + 7 * DAY);
    expect(resolveGrace('none', NOW)).toBeNull();
  });

  it.each([
    ['1s', 1],
    ['PT24H', DAY],
    ['30d', 30 * DAY],
    ['P30D', 30 * DAY],
    ['720h', 30 * DAY],
  ])('may be %s', (text, seconds) => expect(resolveGrace(text, NOW)).toBe(NOW + seconds));

  it.each([
    '31d',
    'P30DT1S',
    'P2M',
    'P1Y',
    '9999999w',
    '0d',
    'PT0S',
    '',
    'soon',
    'None',
    '-1d',
    'never',
    '7',
  ])('of %j is refused', text => {
    const { field, message } = refusal('GRACE_INVALID', () => resolveGrace(text, NOW));
    expect(field).toBe('grace');
    expect(message).toContain(JSON.stringify(text));
  });

  it('has choices that are all allowed, the default among them', () => {
    expect(GRACE.choices).toContain(GRACE.default);
    for (const choice of GRACE.choices) expect(() => resolveGrace(choice, NOW)).not.toThrow();
  });
});
