import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { joseSignature } from '../../../main/trust/ecdsa-signature.ts';

/** DER of two numbers. */
const der = (...numbers: readonly string[]) => {
  const parts = numbers.map(hex => Buffer.from(hex, 'hex'));
  const body = Buffer.concat(parts.flatMap(part => [Buffer.of(0x02, part.length), part]));
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
};

describe('an ES256 signature as JWS has it', () => {
  it('is what OpenSSL verifies, however long its numbers are', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const lengths = new Set<number>();
    // One in 256 numbers begins with a zero.
    for (let nth = 0; nth < 1500; nth += 1) {
      const data = Buffer.from(`text ${nth}`);
      const signature = sign('sha256', data, privateKey);
      lengths.add(signature.length);
      expect(
        verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, joseSignature(signature)),
      ).toBe(true);
    }
    expect(lengths.size).toBeGreaterThan(2);
  });

  it.each([
    ['01', 'ff'.repeat(31), '01'.padStart(64, '0'), `00${'ff'.repeat(31)}`],
    [`00${'80'.repeat(32)}`, '7f', '80'.repeat(32), '7f'.padStart(64, '0')],
    ['00', '00', '00'.repeat(32), '00'.repeat(32)],
  ])('of %s and %s fills each number to 32 bytes', (r, s, first, second) => {
    expect(joseSignature(der(r, s)).toString('hex')).toBe(first + second);
  });

  it.each([
    ['a number that is too long', der(`01${'00'.repeat(32)}`, '01')],
    ['another tag', Buffer.from('300604010102 0101'.replace(' ', ''), 'hex')],
    ['too few bytes', der('11'.repeat(32), '22'.repeat(32)).subarray(0, 50)],
    ['nothing', Buffer.alloc(0)],
  ])('is not made of %s', (_what, bytes) => {
    expect(() => joseSignature(bytes)).toThrow(RangeError);
  });
});
