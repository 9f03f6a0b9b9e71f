import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../main/exchange/csv-line.ts';

describe('a line of a CSV', () => {
  it('is what csv-stringify makes of the same cells', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', "'", '\r', '\n', ';', '\t', '\ufeff') }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), cells => {
        const expected = stringify([cells], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
        expect(csvLine(cells)).toBe(expected);
      }),
    );
  });
});
