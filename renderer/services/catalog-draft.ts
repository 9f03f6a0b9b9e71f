import type { Catalog, CatalogChange } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import { type CatalogPart, PARTS } from './catalog-parts.ts';

/** An entry of a catalog as the settings hold it: `flag` is public-safe of a permission, scoped of a role. */
export interface DraftEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly flag: boolean;
}

export type CatalogDraft = Readonly<Record<CatalogPart, readonly DraftEntry[]>>;

export function toDraft({ permissions, roles, accounts }: Catalog): CatalogDraft {
  return {
    permissions: permissions.map(({ public_safe: flag, ...entry }) => ({ ...entry, flag })),
    roles: roles.map(({ scoped: flag, ...entry }) => ({ ...entry, flag })),
    accounts: accounts.map(entry => ({ ...entry, flag: false })),
  };
}

/** The catalog as the contract takes it. */
export function toCatalogText({ permissions, roles, accounts }: CatalogDraft): string {
  return JSON.stringify({
    permissions: permissions.map(({ flag, ...entry }) => ({ ...entry, public_safe: flag })),
    roles: roles.map(({ flag, ...entry }) => ({ ...entry, scoped: flag })),
    accounts: accounts.map(({ flag: _, ...entry }) => entry),
  });
}

/** What a file holds, with what the catalog has now where the file says nothing of it. */
export function completeCatalog(text: string, catalog: Catalog): string {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given !== 'object' || given === null || !PARTS.some(part => part in given)) return text;
    return JSON.stringify({ ...catalog, ...given });
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
  entries: readonly DraftEntry[],
  at: number | null,
  entry: DraftEntry,
): readonly DraftEntry[] {
  return at === null ? [...entries, entry] : entries.map((old, nth) => (nth === at ? entry : old));
}
