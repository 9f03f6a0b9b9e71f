import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeStatuses,
  emptyStatuses,
  encodeStatuses,
  readStatus,
  type StatusBits,
  setStatus,
} from '../../../main/verify/status-list-bits.ts';

function pack(bits: StatusBits, statuses: readonly number[]): Buffer {
  const packed = emptyStatuses(bits, statuses.length);
  for (const [index, status] of statuses.entries()) setStatus(packed, bits, index, status);
  return packed;
}

describe('a packed status list', () => {
  it('is the published vector of one bit', () => {
    expect(pack(1, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]).toString('hex')).toBe('b9a3');
  });

  it('is the published vector of two bits', () => {
    const packed = pack(2, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
    expect(packed.toString('hex')).toBe('c944f9');
    expect(encodeStatuses(packed)).toBe('eNo76fITAAPfAgc');
    expect(decodeStatuses('eNo76fITAAPfAgc', 3)).toEqual(packed);
  });

  it('gives back every status that was put in, for every width', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<StatusBits>(1, 2, 4, 8),
        fc.array(fc.nat(255), { minLength: 1 }),
        (bits, any) => {
          const statuses = any.map(status => status % 2 ** bits);
          const packed = decodeStatuses(encodeStatuses(pack(bits, statuses)), 1000);
          expect(statuses.map((_, index) => readStatus(packed, bits, index))).toEqual(statuses);
        },
      ),
    );
  });

  it('can be set anew at a place without touching its neighbours', () => {
    const packed = pack(2, [3, 3, 3, 3]);
    setStatus(packed, 2, 1, 1);
    expect([0, 1, 2, 3].map(index => readStatus(packed, 2, index))).toEqual([3, 1, 3, 3]);
  });

  it('has no place beyond its end, and takes no status that does not fit', () => {
    const packed = emptyStatuses(2, 4);
    expect(readStatus(packed, 2, 4)).toBeUndefined();
    expect(() => setStatus(packed, 2, 4, 1)).toThrow(RangeError);
    expect(() => setStatus(packed, 2, 0, 4)).toThrow(RangeError);
  });

  it('is not unpacked beyond what is allowed', () => {
    const bomb = encodeStatuses(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => decodeStatuses(bomb, 262_144)).toThrow();
  });
});
