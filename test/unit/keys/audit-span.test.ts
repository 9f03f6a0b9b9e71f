import { describe, expect, it } from 'vitest';
import { parseSince, parseUntil } from '../../../main/keys/audit-span.ts';
import { refusal } from '../../fixtures/expect-failure.ts';

const at = (iso: string) => Date.parse(iso) / 1000;

describe('a span of time', () => {
  it('begins with the first second of a date and ends with the last one, UTC', () => {
    expect(parseSince('2026-11-23')).toBe(at('2026-11-23T00:00:00Z'));
    expect(parseUntil('2026-11-23')).toBe(at('2026-11-23T23:59:59Z'));
  });

  it('takes a date with time as it is', () => {
    for (const parse of [parseSince, parseUntil])
      expect(parse('2026-11-23T12:00:00+02:00')).toBe(at('2026-11-23T10:00:00Z'));
  });

  it.each(['', 'yesterday', '2026-02-30', '23.11.2026', '1795406400'])('refuses %j by its field', text => {
    expect(refusal('QUERY_INVALID', () => parseSince(text)).field).toBe('since');
    expect(refusal('QUERY_INVALID', () => parseUntil(text)).field).toBe('until');
  });
});
