import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from '../../../main/trust/hmac-sha256.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('HMAC-SHA-256', () => {
  // RFC 4231, sections 4.2 to 4.4.
  it.each([
    [
      '0b'.repeat(20),
      Buffer.from('Hi There'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      '4a656665',
      Buffer.from('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'aa'.repeat(20),
      bytes('dd'.repeat(50)),
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    ],
  ])('gives what RFC 4231 says for the key %s', (key, message, expected) => {
    const mac = hmacSha256(createSecretKey(bytes(key)));
    mac.message.set(message);
    expect(mac.ofMessage(message.length).toString('hex')).toBe(expected);
    expect(mac.of(message.subarray(0, 5), message.subarray(5)).toString('hex')).toBe(expected);
  });

  it('gives what the library gives, for whatever key and message, one after the other', () => {
    const key = fc.uint8Array({ minLength: 1, maxLength: 64 });
    // Lengths around a block, and all that there is room for.
    const length = fc.oneof(fc.constantFrom(0, 55, 56, 63, 64, 65, 16_384), fc.nat(500));
    const message = fc.tuple(length, fc.nat(255)).map(([size, byte]) => Buffer.alloc(size, byte));
    fc.assert(
      fc.property(key, fc.array(message, { minLength: 1, maxLength: 5 }), (raw, messages) => {
        const own = createSecretKey(raw);
        const mac = hmacSha256(own);
        for (const each of messages) {
          mac.message.set(each);
          expect(mac.ofMessage(each.length).equals(createHmac('sha256', own).update(each).digest())).toBe(
            true,
          );
        }
      }),
    );
  });

  it('takes no key that would have to be hashed first', () => {
    expect(() => hmacSha256(createSecretKey(Buffer.alloc(65)))).toThrow('65 bytes');
  });

  it('gives nothing any more once its key is forgotten', () => {
    const mac = hmacSha256(createSecretKey(Buffer.alloc(32, 1)));
    mac.forget();
    expect(() => mac.ofMessage(3)).toThrow('forgotten');
    expect(mac.message.every(byte => byte === 0)).toBe(true);
  });
});
