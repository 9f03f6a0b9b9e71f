import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** The rows to render: those in view, and the one that has or would get the focus. */
export function rowsAround(range: Range, home: number): number[] {
  const rows = defaultRangeExtractor(range);
  if (home >= range.count || rows.includes(home)) return rows;
  return home < (rows[0] ?? 0) ? [home, ...rows] : [...rows, home];
}
