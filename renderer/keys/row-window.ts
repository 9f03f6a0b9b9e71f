/** Rows beyond the frame that exist on either side, so that a scrolled row is there before it is seen. */
const OVERSCAN = 8;

export interface RowSpan {
  readonly first: number;
  readonly last: number;
}

/** The rows in view. */
export function spanInView(offset: number, view: number, rowHeight: number, total: number): RowSpan {
  const lastRow = Math.max(0, total - 1);
  const first = Math.min(lastRow, Math.max(0, Math.floor(offset / rowHeight)));
  return { first, last: Math.min(lastRow, Math.max(first, Math.ceil((offset + view) / rowHeight) - 1)) };
}

/** The rows to render: those in view, some around them, and the one that has or would get the focus. */
export function rowsAround({ first, last }: RowSpan, total: number, home: number): readonly number[] {
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(total - 1, last + OVERSCAN);
  const rows = Array.from({ length: Math.max(0, to - from + 1) }, (_, nth) => from + nth);
  if (home >= total || (home >= from && home <= to)) return rows;
  return home < from ? [home, ...rows] : [...rows, home];
}
