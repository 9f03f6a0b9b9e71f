import type { Catalog, Kind } from '../../preload/contract.ts';

export type Permission = Catalog['permissions'][number];

export interface PermissionGroup {
  readonly name: string;
  readonly members: readonly Permission[];
}

/** Groups permissions by what stands before the first `:` or `.` of their ID, in the catalog's order. */
export function groupPermissions(permissions: readonly Permission[]): readonly PermissionGroup[] {
  const groups = Map.groupBy(permissions, ({ id }) => /^([^:.]+)[:.]/.exec(id)?.[1] ?? '');
  return [...groups].map(([prefix, members]) => ({ name: groupName(prefix), members }));
}

function groupName(prefix: string): string {
  const words = prefix.replaceAll(/[_/-]+/g, ' ').trim();
  return words === '' ? 'Other' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The entries of a key's permissions; one that the catalog no longer has stands for itself. */
export function entriesOf(ids: readonly string[], catalog: Catalog | undefined): readonly Permission[] {
  const entries = new Map(catalog?.permissions.map(entry => [entry.id, entry]));
  return ids.map(
    id =>
      entries.get(id) ?? {
        id,
        title: id,
        description: catalog ? 'No longer in the catalog.' : '',
        public_safe: false,
      },
  );
}

/** The entries of a catalog whose title, ID or description holds all the words. */
export function searchEntries<Entry extends Pick<Permission, 'id' | 'title' | 'description'>>(
  entries: readonly Entry[],
  words: string,
): readonly Entry[] {
  const terms = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ id, title, description }) => {
    const text = `${title} ${id} ${description}`.toLocaleLowerCase();
    return terms.every(term => text.includes(term));
  });
}

/** Of the permissions chosen, those that a new key of a kind can be given. */
export function grantable(ids: readonly string[], kind: Kind, catalog: Catalog): readonly string[] {
  if (kind === 'private') return ids;
  const safe = new Set(catalog.permissions.flatMap(entry => (entry.public_safe ? [entry.id] : [])));
  return ids.filter(id => safe.has(id));
}
