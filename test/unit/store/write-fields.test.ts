import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFields } from '../../../main/store/seals.ts';
import { writeFields } from '../../../main/store/write-fields.ts';
import { createSeals } from '../../../main/trust/derived-keys.ts';

const value = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '\u007f', '\u0080', 'é', '…', '\ud800', '\udc00', '😀') }),
  // A length of one digit more in bytes than in characters.
  fc.constantFrom('é'.repeat(9), '…'.repeat(99), `${'a'.repeat(98)}éé`),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, 2 ** 31 - 1, 2 ** 31, -1, -(2 ** 53), 0.5),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constant(null),
  fc.uint8Array().map(bytes => Buffer.from(bytes)),
);

describe('values that are written as bytes', () => {
  it('are what their encoding is', () => {
    const into = Buffer.alloc(64 * 1024);
    fc.assert(
      fc.property(fc.array(value), fc.nat(40), (values, at) => {
        const end = writeFields(values, into, at);
        expect(into.toString('utf8', at, end)).toBe(Buffer.from(encodeFields(values)).toString('utf8'));
      }),
    );
  });

  it('are refused where there is too little room, and never written beyond it', () => {
    fc.assert(
      fc.property(fc.array(value), fc.nat(400), (values, size) => {
        const behind = Buffer.alloc(size + 8, 0xee);
        const end = writeFields(values, behind.subarray(0, size), 0);
        if (end !== undefined) expect(end).toBeLessThanOrEqual(size);
        expect(behind.subarray(size)).toEqual(Buffer.alloc(8, 0xee));
      }),
    );
  });
});

describe('a seal', () => {
  const keys = { seal: createSecretKey(Buffer.alloc(32, 1)), audit: createSecretKey(Buffer.alloc(32, 2)) };
  const seals = createSeals(keys);
  const long = fc.constantFrom('x'.repeat(20_000), 'é'.repeat(5400));

  it('is HMAC-SHA-256 over the encoding, however long it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ arbitrary: value, weight: 9 }, long)), values => {
        const text = encodeFields(values);
        const head = Buffer.from('s3:keyi1;');
        const seal = createHmac('sha256', keys.seal).update(head).update(text).digest();
        expect(seals.seal(head, values)).toEqual(seal);
        expect(seals.isSeal(seal.toString('hex'), head, values)).toBe(true);
        expect(seals.isSeal(seal.toString('hex'), head, [...values, null])).toBe(false);
        const previous = Buffer.alloc(values.length === 0 ? 20_000 : 32, values.length);
        expect(seals.chain(previous, values)).toEqual(
          createHmac('sha256', keys.audit).update(previous).update(text).digest(),
        );
      }),
    );
  });
});
