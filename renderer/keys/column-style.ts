import type { CSSProperties } from 'react';

/** A column's share of the table: what it wants, may shrink and grow to, takes of what is left, and gives up. */
interface ColumnShare {
  readonly want: number;
  readonly least: number;
  readonly most?: number;
  readonly grow?: number;
  readonly shrink?: number;
}

const SHARES: Readonly<Record<string, ColumnShare>> = {
  status: { want: 154, least: 152, most: 236, grow: 2 },
  name: { want: 140, least: 120, grow: 4, shrink: 6 },
  id: { want: 118, least: 108 },
  service: { want: 110, least: 78, grow: 1 },
  kind: { want: 66, least: 66 },
  permissions: { want: 96, least: 80, grow: 3 },
  created: { want: 104, least: 102 },
  // The date always; the first room that is left is for its distance from today.
  expires: { want: 102, least: 102, most: 196, grow: 1000 },
  'last-four': { want: 78, least: 76 },
};
const OTHER: ColumnShare = { want: 100, least: 60 };
/** The checkbox and the three dots. */
const ENDS = 78;

/** How wide a cell is: what the admin dragged it to, else its share of the table. */
export function columnStyle(id: string, dragged: number | undefined): CSSProperties {
  if (dragged !== undefined) return { flex: `0 0 ${dragged}px`, minWidth: dragged };
  const { want, least, most, grow = 0, shrink = 10 } = SHARES[id] ?? OTHER;
  return { flex: `${grow} ${shrink} ${want}px`, minWidth: least, ...(most && { maxWidth: most }) };
}

/** The width below which the table scrolls sideways, as the custom property that its rows take it from. */
export function leastWidth(ids: readonly string[], dragged: Readonly<Record<string, number>>): CSSProperties {
  const least = ids.reduce((sum, id) => sum + (dragged[id] ?? (SHARES[id] ?? OTHER).least), ENDS);
  return { '--least-width': `${least}px` } as CSSProperties;
}
