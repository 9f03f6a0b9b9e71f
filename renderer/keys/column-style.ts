import type { CSSProperties } from 'react';

/** A column's share of the table: what it wants, may shrink to, takes of what is left, and gives up. */
interface ColumnShare {
  readonly want: number;
  readonly least: number;
  readonly grow?: number;
  readonly shrink?: number;
}

const SHARES: Readonly<Record<string, ColumnShare>> = {
  status: { want: 168, least: 154 },
  name: { want: 200, least: 122, grow: 4, shrink: 6 },
  id: { want: 122, least: 118 },
  kind: { want: 72, least: 70 },
  permissions: { want: 130, least: 94, grow: 3 },
  service: { want: 120, least: 90, grow: 1 },
  created: { want: 106, least: 104 },
  // Wide enough for the date and its distance from today.
  expires: { want: 198, least: 196, shrink: 1 },
  'last-four': { want: 78, least: 76 },
};
const OTHER: ColumnShare = { want: 100, least: 60 };
/** The checkbox and the three dots. */
const ENDS = 78;

/** How wide a cell is: what the admin dragged it to, else its share of the table. */
export function columnStyle(id: string, dragged: number | undefined): CSSProperties {
  if (dragged !== undefined) return { flex: `0 0 ${dragged}px`, minWidth: dragged };
  const { want, least, grow = 0, shrink = 10 } = SHARES[id] ?? OTHER;
  return { flex: `${grow} ${shrink} ${want}px`, minWidth: least };
}

/** The width below which the table scrolls sideways, as the custom property that its rows take it from. */
export function leastWidth(ids: readonly string[], dragged: Readonly<Record<string, number>>): CSSProperties {
  const least = ids.reduce((sum, id) => sum + (dragged[id] ?? (SHARES[id] ?? OTHER).least), ENDS);
  return { '--least-width': `${least}px` } as CSSProperties;
}
