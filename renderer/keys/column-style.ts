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
  // Roles say for which accounts they are given.
  roles: { want: 236, least: 86, grow: 3 },
  created: { want: 104, least: 102 },
  // The date always; the first room that is left is for its distance from today.
  expires: { want: 106, least: 106, most: 196, grow: 1000 },
  'last-four': { want: 78, least: 76 },
};
const OTHER: ColumnShare = { want: 100, least: 60 };
/** The checkbox and the three dots. */
const ENDS = 78;

/** How wide a cell is: what the admin dragged it to, else its share of the table. */
export function columnStyle(id: string, dragged: number | undefined): CSSProperties {
  if (dragged === undefined && id === 'permissions') return GRANTS_STYLE;
  if (dragged !== undefined) return { flex: `0 0 ${dragged}px`, minWidth: dragged };
  const { want, least, most, grow = 0, shrink = 10 } = SHARES[id] ?? OTHER;
  return { flex: `${grow} ${shrink} ${want}px`, minWidth: least, ...(most && { maxWidth: most }) };
}

/** Taken from the table, since the rows do not know what their list grants. */
const GRANTS_STYLE: CSSProperties = {
  flex: '3 10 var(--grants-want)',
  minWidth: 'var(--grants-least)',
};

/** The width below which the table scrolls sideways, and the share of what keys are granted, as the custom properties that its rows take them from. */
export function tableWidths(
  ids: readonly string[],
  dragged: Readonly<Record<string, number>>,
  grants: string,
): CSSProperties {
  const shares = grants === 'Permissions' ? SHARES : { ...SHARES, permissions: SHARES.roles ?? OTHER };
  const least = ids.reduce((sum, id) => sum + (dragged[id] ?? (shares[id] ?? OTHER).least), ENDS);
  const { want, least: grantsLeast } = shares.permissions ?? OTHER;
  return {
    '--least-width': `${least}px`,
    '--grants-want': `${want}px`,
    '--grants-least': `${grantsLeast}px`,
  } as CSSProperties;
}
