/** Which element shows which row: the element of a row that has gone is given to a row that came. */
export type RowSlots = ReadonlyMap<number, number>;

export const NO_SLOTS: RowSlots = new Map();

/**
 * Gives each row an element: the one it has, else one whose row has gone, in the order in which they stand, so that
 * nothing moves in the page that need not. A row in another element would lose the focus it has.
 */
export function slotsFor(rows: readonly number[], before: RowSlots): RowSlots {
  const staying = new Set(rows.filter(row => before.has(row)));
  const free = [...before].flatMap(([row, slot]) => (staying.has(row) ? [] : [slot]));
  const used = new Set(before.values());
  let unused = 0;
  const next = () => {
    while (used.has(unused)) unused += 1;
    used.add(unused);
    return unused;
  };
  let taken = 0;
  return new Map(rows.map(row => [row, before.get(row) ?? free[taken++] ?? next()]));
}
