import { ID_IN_TEXT, LAST_FOUR } from '../../preload/contract.ts';

/** What the search field was given. */
export type SearchReading =
  | { readonly kind: 'text' }
  | { readonly kind: 'last-four' }
  /** A token or a part of one: looked up by main, never kept. `keyId` is what may be shown of it. */
  | { readonly kind: 'token'; readonly keyId: string | null };

/** Longer than the public part of a token can be without a key ID: some of it may be secret. */
const DAMAGED_TOKEN = /_(?:sk|pk)_\S{20,}/;
const SIGNED_TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}/;

/** More than an ID, or a run of characters as only secrets have it: typed on, or pasted without its beginning. */
const BEYOND_ID = /ak_[0-9A-Za-z]{17,}|[0-9A-Za-z]{32,}/;

/** Tells a search by words from a token that was pasted or typed into the field. */
export function readSearch(given: string): SearchReading {
  const id = ID_IN_TEXT.exec(given)?.[1];
  if (id !== undefined) return { kind: 'token', keyId: `ak_${id}` };
  if (DAMAGED_TOKEN.test(given) || SIGNED_TOKEN.test(given) || BEYOND_ID.test(given))
    return { kind: 'token', keyId: null };
  return { kind: LAST_FOUR.test(given.trim()) ? 'last-four' : 'text' };
}
