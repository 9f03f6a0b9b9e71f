import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE62, encodeBase62, randomBase62 } from '../../../main/keys/base62.ts';

describe('base62', () => {
  it('has its digits in the order 0-9 A-Z a-z', () => {
    expect(BASE62).toBe('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
  });

  it('writes numbers left-padded with 0', () => {
    expect(encodeBase62(0, 6)).toBe('000000');
    expect(encodeBase62(61, 6)).toBe('00000z');
    expect(encodeBase62(62, 6)).toBe('000010');
    expect(encodeBase62(0xffffffff, 6)).toBe('4gfFC3');
  });

  it('writes every 32-bit number so that it can be read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), value => {
        const read = [...encodeBase62(value, 6)].reduce((sum, digit) => sum * 62 + BASE62.indexOf(digit), 0);
        expect(read).toBe(value);
      }),
    );
  });

  it('throws away the bytes that would favour some characters', () => {
    const served = [Uint8Array.of(248, 255, 0, 61, 62, 247), Uint8Array.of(1, 2, 3, 4)];
    expect(randomBase62(6, () => served.shift() ?? new Uint8Array())).toBe('0z0z12');
  });

  it('draws every character about equally often', () => {
    const counts = new Map<string, number>();
    for (const character of randomBase62(62_000, randomBytes))
      counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 1,000 expected each, standard deviation about 31: eight of them never happen by chance.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(250);
  });
});
