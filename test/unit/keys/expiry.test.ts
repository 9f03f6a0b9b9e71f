import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDuration,
  endOfDay,
  formatTime,
  parseDuration,
  parseExpiry,
  resolveExpiry,
} from '../../../main/keys/expiry.ts';
import type { Policy } from '../../../main/keys/policy.ts';
import { findTemplate } from '../../../main/keys/templates.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW } from '../../fixtures/installation.ts';

const at = (text: string) => Date.parse(text) / 1000;
const policy = (expiry: Partial<Policy['expiry']>): Policy => {
  const base = findTemplate('blank').policy;
  return { ...base, expiry: { ...base.expiry, ...expiry } };
};

describe('a duration', () => {
  it.each([
    ['P6M', { months: 6, seconds: 0 }],
    ['P1Y', { months: 12, seconds: 0 }],
    ['P1Y2M3DT4H5M6S', { months: 14, seconds: 3 * 86_400 + 4 * 3600 + 5 * 60 + 6 }],
    ['P2W', { months: 0, seconds: 14 * 86_400 }],
    ['90d', { months: 0, seconds: 90 * 86_400 }],
    ['24h', { months: 0, seconds: 86_400 }],
  ])('%s is read', (text, duration) => expect(parseDuration(text)).toEqual(duration));

  it.each(['', 'P', 'PT', 'P0D', '0d', '-1d', '1.5d', '6M', 'P6', 'p6m'])('%j is refused', text =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it.each([
    ['2026-01-31T10:00:00Z', 'P1M', '2026-02-28T10:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00Z'],
    ['2026-11-23T04:00:00Z', 'P3M', '2027-02-23T04:00:00Z'],
    ['2026-12-31T23:59:59Z', 'P2M', '2027-02-28T23:59:59Z'],
  ])('from %s, %s later is %s', (from, duration, to) => {
    expect(formatTime(addDuration(at(from), parseDuration(duration) ?? { months: 0, seconds: 0 }))).toBe(to);
  });
});

describe('an expiry', () => {
  it('as a date means the end of that day, UTC', () => {
    expect(parseExpiry('2027-01-31', NOW)).toBe(at('2027-01-31T23:59:59Z'));
  });

  it('may have a time and a zone', () => {
    expect(parseExpiry('2027-01-31T12:00:00+02:00', NOW)).toBe(at('2027-01-31T10:00:00Z'));
  });

  it('may be never', () => expect(parseExpiry('never', NOW)).toBeNull());

  it.each(['', 'soon', '2027-02-30', '2027-13-01', '2027-1-1', '2027-01-31T12:00:00', '99999999w', 'Never'])(
    '%j is refused',
    text => {
      expect(refusal('EXPIRY_INVALID', () => parseExpiry(text, NOW)).field).toBe('expires');
    },
  );

  it('beyond the year 9999 is too far, and its last day is not', () => {
    refusal('EXPIRY_TOO_FAR', () => parseExpiry('9999999d', NOW));
    expect(parseExpiry('9999-12-31', NOW)).toBe(at('9999-12-31T23:59:59Z'));
  });

  it('that is not given is refused where a maximum forbids never', () => {
    expect(
      refusal('EXPIRY_REQUIRED', () => resolveExpiry(undefined, policy({ max: 'P1Y' }), NOW)).message,
    ).toContain('was not given');
  });

  it('in the past, or now, is refused', () => {
    refusal('EXPIRY_IN_PAST', () => resolveExpiry('2026-11-22', policy({}), NOW));
    refusal('EXPIRY_IN_PAST', () => resolveExpiry(formatTime(NOW), policy({}), NOW));
    expect(resolveExpiry(formatTime(NOW + 1), policy({}), NOW)).toBe(NOW + 1);
  });

  it('within a maximum of one year may be the same date next year, and no later', () => {
    const yearly = policy({ required: true, max: 'P1Y', default: 'P1Y' });
    expect(resolveExpiry('2027-11-23', yearly, NOW)).toBe(endOfDay(at('2027-11-23T00:00:00Z')));
    refusal('EXPIRY_TOO_FAR', () => resolveExpiry('2027-11-24', yearly, NOW));
    expect(resolveExpiry(undefined, yearly, NOW)).toBe(at('2027-11-23T04:00:00Z'));
  });

  it('never is refused where the policy requires an expiry or sets a maximum', () => {
    refusal('EXPIRY_REQUIRED', () => resolveExpiry('never', policy({ required: true }), NOW));
    refusal('EXPIRY_REQUIRED', () => resolveExpiry(undefined, policy({ required: true }), NOW));
    refusal('EXPIRY_TOO_FAR', () => resolveExpiry('never', policy({ max: 'P1Y' }), NOW));
  });

  it('is never when nothing is said and nothing is asked for', () => {
    expect(resolveExpiry(undefined, policy({}), NOW)).toBeNull();
  });

  it('is never beyond what the policy allows, whatever is asked', () => {
    const yearly = policy({ required: true, max: 'P1Y' });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), days => {
        let resolved: number | null = null;
        try {
          resolved = resolveExpiry(`${days}d`, yearly, NOW);
        } catch {
          return;
        }
        expect(resolved).toBeLessThanOrEqual(at('2027-11-23T23:59:59Z'));
      }),
    );
  });
});
