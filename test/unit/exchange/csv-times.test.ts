import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeWriter } from '../../../main/exchange/csv-times.ts';
import { formatTime } from '../../../main/keys/expiry.ts';

describe('times of a CSV', () => {
  const DAY = 86_400;
  const at = fc.oneof(
    fc.integer({ min: 0, max: 4_102_444_800 }),
    fc.integer({ min: -8_640_000_000_001, max: 8_640_000_000_001 }),
    // Around the ends of days and years, and what only a hand puts there.
    fc
      .tuple(fc.integer({ min: -800_000, max: 3_000_000 }), fc.constantFrom(-1, 0, 1))
      .map(([day, by]) => day * DAY + by),
    fc.constantFrom(
      253_402_300_799,
      253_402_300_800,
      -62_167_219_201,
      8.64e12,
      -8.64e12,
      0.5,
      Number.NaN,
      2 ** 53,
    ),
  );

  it('are what every other time is, in whatever order they come', () => {
    const timeOf = timeWriter();
    fc.assert(
      fc.property(at, time => {
        expect(timeOf(time)).toBe(formatTime(time));
      }),
    );
  });
});
