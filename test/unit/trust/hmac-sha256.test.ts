import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from '../../../main/trust/hmac-sha256.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('HMAC-SHA-256', () => {
  // RFC 4231, sections 4.2 to 4.4.
  it.each([
    ['0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      '4a656665',
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
  ])('gives what RFC 4231 says for the key %s', (key, text, mac) => {
    expect(hmacSha256(createSecretKey(bytes(key)))(text).toString('hex')).toBe(mac);
  });

  it('gives what RFC 4231 says for bytes that are no text', () => {
    const mac = hmacSha256(createSecretKey(bytes('aa'.repeat(20))));
    const message = bytes('dd'.repeat(50));
    expect(mac('', message).toString('hex')).toBe(
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    );
  });

  it('gives what the library gives, for whatever key and message, one after the other', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      // Half characters, and lengths around a block and around what is kept ready.
      fc.string({ unit: fc.constantFrom('a', 'é', '…', '\ud800', '\udc00', '😀') }),
      fc
        .tuple(
          fc.constantFrom('a', '…'),
          fc.constantFrom(0, 55, 56, 63, 64, 65, 5400, 5429, 5430, 16_384, 40_000),
        )
        .map(([unit, times]) => unit.repeat(times)),
    );
    const key = fc.uint8Array({ minLength: 1, maxLength: 64 });
    const previous = fc.option(fc.uint8Array({ maxLength: 33 }), { nil: undefined });
    fc.assert(
      fc.property(
        key,
        fc.array(fc.tuple(text, previous), { minLength: 1, maxLength: 5 }),
        (raw, messages) => {
          const own = createSecretKey(raw);
          const mac = hmacSha256(own);
          for (const [message, before] of messages) {
            const library = createHmac('sha256', own);
            if (before) library.update(before);
            expect(mac(message, before)).toEqual(library.update(message).digest());
          }
        },
      ),
    );
  });

  it('takes no key that would have to be hashed first', () => {
    expect(() => hmacSha256(createSecretKey(Buffer.alloc(65)))).toThrow('65 bytes');
  });
});
