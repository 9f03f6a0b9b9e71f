import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSortedLines } from '../../../main/store/sorted-lines.ts';

function opened() {
  const lines = openSortedLines();
  onTestFinished(() => lines.close());
  return lines;
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('lines that are sorted on the way out', () => {
  it('are those that were put in, each once, in the order of their bytes', () => {
    // Whole characters, those beyond 16 bits with them, which UTF-16 sorts before some that are smaller.
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('a', 'B', '"', '\u0000', 'é', '\uffee', '\ue000', '😀', '\u{10ffff}'),
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('one', 'two'), line)), added => {
        const lines = openSortedLines();
        try {
          for (const [file, line] of added) lines.add(file, line);
          for (const file of ['one', 'two', 'three'])
            expect([...lines.read(file)]).toEqual(
              [...new Set(added.filter(([of]) => of === file).map(([, line]) => line))].sort(byBytes),
            );
        } finally {
          lines.close();
        }
      }),
    );
  });

  it('sort by bytes where JavaScript does not', () => {
    const lines = opened();
    for (const line of ['😀', '\uffee']) lines.add('file', line);
    expect([...lines.read('file')]).toEqual(['\uffee', '😀']);
    expect(['\uffee', '😀'].sort()).toEqual(['😀', '\uffee']);
  });

  it('are more than memory is given for', () => {
    const lines = opened();
    const text = (nth: number) => `${(nth * 7919) % 40_000} ${'x'.repeat(1000)}`;
    for (let nth = 0; nth < 40_000; nth++) lines.add('file', text(nth));
    let count = 0;
    let last = '';
    for (const line of lines.read('file')) {
      if (line <= last) throw new Error(`${line.slice(0, 10)} came after ${last.slice(0, 10)}`);
      last = line;
      count++;
    }
    expect(count).toBe(40_000);
  });

  it('can be left before their end', () => {
    const lines = openSortedLines();
    for (const line of ['a', 'b', 'c']) lines.add('file', line);
    for (const line of lines.read('file')) if (line === 'a') break;
    expect(() => lines.close()).not.toThrow();
  });
});
