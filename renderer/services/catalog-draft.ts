import type { Catalog, CatalogChange } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';

export type PermissionEntry = Catalog['permissions'][number];

/** The catalog with other permissions, as the contract takes it. Roles and accounts stay as they are. */
export function toCatalogText(catalog: Catalog, permissions: readonly PermissionEntry[]): string {
  return JSON.stringify({ ...catalog, permissions });
}

/** What a file holds, with the roles and accounts of now where it says nothing of them. */
export function completeCatalog(text: string, { roles, accounts }: Catalog): string {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given !== 'object' || given === null || !('permissions' in given)) return text;
    return JSON.stringify({ roles, accounts, ...given });
  } catch {
    // Main says what is wrong with it.
    return text;
  }
}

/** The mistakes that main's sentence lists, each with its path; one part where it lists none. */
export function mistakesOf(message: string): readonly string[] {
  const [, list] = /^The catalog has \d+ mistakes?: (.*)\.$/s.exec(message) ?? [];
  return list?.split('; ') ?? [message];
}

/** What public keys hold although it is not public-safe, in sentences. */
export function exposedSentences({ exposed, service }: CatalogChange): readonly string[] {
  const offered = new Set(service.catalog.permissions.map(({ id }) => id));
  return exposed.map(({ permission, keys }) => {
    const who = keys === 1 ? '1 public key holds' : `${formatCount(keys)} public keys hold`;
    return `${who} ${permission}, which is no longer ${offered.has(permission) ? 'public-safe' : 'in the catalog'}.`;
  });
}

/** Where an entry stands after it was added or edited; `at` is null for a new one. */
export function putEntry(
  entries: readonly PermissionEntry[],
  at: number | null,
  entry: PermissionEntry,
): readonly PermissionEntry[] {
  return at === null ? [...entries, entry] : entries.map((old, nth) => (nth === at ? entry : old));
}
