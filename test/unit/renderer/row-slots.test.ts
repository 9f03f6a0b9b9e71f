import { describe, expect, it } from 'vitest';
import { NO_SLOTS, slotsFor } from '../../../renderer/keys/row-slots.ts';

const rows = (from: number, count: number) => Array.from({ length: count }, (_, nth) => from + nth);

describe('the elements of rows', () => {
  it('stay with the rows that stay, and go from rows that left to rows that came', () => {
    const before = slotsFor(rows(0, 4), NO_SLOTS);
    expect([...before]).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect([...slotsFor(rows(2, 4), before)]).toEqual([
      [2, 2],
      [3, 3],
      [4, 0],
      [5, 1],
    ]);
  });

  it('keep their order in the page after a jump', () => {
    const scrolled = slotsFor(rows(2, 4), slotsFor(rows(0, 4), NO_SLOTS));
    expect([...slotsFor(rows(900, 4), scrolled).values()]).toEqual([...scrolled.values()]);
  });

  it('leave the focused row its own while all others change', () => {
    const before = slotsFor(rows(0, 4), NO_SLOTS);
    const after = slotsFor([1, ...rows(900, 4)], before);
    expect(after.get(1)).toBe(before.get(1));
    expect(new Set(after.values()).size).toBe(5);
  });

  it('are as many as there are rows, however many there were', () => {
    const few = slotsFor(rows(3, 2), slotsFor(rows(0, 9), NO_SLOTS));
    const many = slotsFor(rows(0, 9), few);
    expect(few.size).toBe(2);
    expect(new Set(many.values()).size).toBe(9);
  });
});
