import type { Catalog } from './catalog.ts';
import { given, KeysmithError } from './errors.ts';
import { isServiceSlug, type Ref, type Seconds, type ServiceSlug } from './ids.ts';
import type { CredentialFormat } from './key.ts';
import type { Policy } from './policy.ts';

/** The API that a set of keys opens. Times in seconds since the epoch, UTC. */
export interface Service {
  readonly ref: Ref;
  readonly slug: ServiceSlug;
  readonly title: string;
  readonly description: string;
  /** A URI: a JWT's `aud`, and what a bundle is for. */
  readonly audience: string;
  readonly format: CredentialFormat;
  /** First part of every opaque token of this service. */
  readonly prefix: string;
  readonly template: string;
  readonly policy: Policy;
  readonly createdAt: Seconds;
  readonly createdBy: string;
  readonly auditSeq: number;
  readonly tampered: boolean;
}

export const CATALOG_TYPES = ['permission', 'role', 'account'] as const;
export type CatalogType = (typeof CATALOG_TYPES)[number];

/** A catalog entry as it is stored. A removed one stays, so that keys that still hold it can be found. */
export interface CatalogRow {
  readonly ref: Ref;
  readonly serviceRef: Ref;
  readonly type: CatalogType;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly publicSafe: boolean;
  readonly scoped: boolean;
  readonly position: number;
  /** Place in the filter masks of keys; given once per service. Null for accounts, which are not in masks. */
  readonly bit: number | null;
  readonly removed: boolean;
  readonly auditSeq: number;
  readonly tampered: boolean;
}

/**
 * Whether public keys may hold a permission.
 *
 * SECURITY: an entry that was changed outside Keysmith is not believed.
 */
export function isPublicSafe({ publicSafe, removed, tampered }: CatalogRow): boolean {
  return publicSafe && !removed && !tampered;
}

/** The catalog as people and files see it, from its rows. */
export function toCatalog(rows: readonly CatalogRow[]): Catalog {
  const offered = (type: CatalogType) => rows.filter(row => row.type === type && !row.removed);
  const common = ({ id, title, description }: CatalogRow) => ({ id, title, description });
  return {
    permissions: offered('permission').map(row => ({ ...common(row), public_safe: row.publicSafe })),
    roles: offered('role').map(row => ({ ...common(row), scoped: row.scoped })),
    accounts: offered('account').map(common),
  };
}

/** @throws SLUG_INVALID */
export function parseSlug(input: string): ServiceSlug {
  if (isServiceSlug(input)) return input;
  throw new KeysmithError(
    'SLUG_INVALID',
    `The service ${given(input)} cannot be used. Allowed are 1 to 32 characters of a-z, 0-9 and -, the first a letter.`,
    { field: 'service' },
  );
}

/** @throws PREFIX_INVALID */
export function parsePrefix(input: string): string {
  if (/^[a-z][a-z0-9]{1,7}$/.test(input)) return input;
  throw new KeysmithError(
    'PREFIX_INVALID',
    `The token prefix ${given(input)} cannot be used. Allowed are 2 to 8 characters of a-z and 0-9, the first a letter.`,
    { field: 'prefix' },
  );
}

/** An absolute URI in printable ASCII (RFC 3986). @throws AUDIENCE_INVALID */
export function parseAudience(input: string): string {
  if (input.length <= 255 && /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/.test(input) && URL.canParse(input))
    return input;
  throw new KeysmithError(
    'AUDIENCE_INVALID',
    `The audience ${given(input)} is not an absolute URI. Allowed are up to 255 printable ASCII characters, such as https://api.example.org or urn:example:api.`,
    { field: 'audience' },
  );
}

/** A token prefix made from a slug: its letters and digits, at most eight, at least two. */
export function defaultPrefix(slug: ServiceSlug): string {
  return slug.replaceAll('-', '').slice(0, 8).padEnd(2, 'k');
}
