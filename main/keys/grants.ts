import { given, KeysmithError } from './errors.ts';
import type { Key, Kind } from './key.ts';
import { type CatalogRow, isPublicSafe } from './service.ts';

const byteOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Checks the permissions asked for against a service's catalog.
 *
 * @param held permissions that the key holds already: they may stay although the catalog no longer has them
 * @returns each once, in ASCII order
 * @throws PERMISSION_UNKNOWN, PERMISSION_NOT_PUBLIC
 */
export function parsePermissions(
  requested: readonly string[],
  catalog: readonly CatalogRow[],
  kind: Kind,
  held: readonly string[] = [],
): readonly string[] {
  const offered = new Map(
    catalog.filter(row => row.type === 'permission' && !row.removed).map(row => [row.id, row]),
  );
  for (const id of requested) {
    const row = offered.get(id);
    if (!row && !held.includes(id)) {
      const allowed = [...offered.keys()];
      throw new KeysmithError(
        'PERMISSION_UNKNOWN',
        `The permission ${given(id)} is not in the service's catalog. ${allowed.length === 0 ? 'The catalog has no permissions yet.' : `Allowed are ${allowed.slice(0, 30).join(', ')}${allowed.length > 30 ? ' …' : ''}.`}`,
        { field: 'permissions' },
      );
    }
    if (row?.tampered) {
      throw new KeysmithError(
        'TAMPERED',
        `The permission ${given(id)} was changed in the catalog outside Keysmith: its seal does not hold. Nothing was changed; run "keysmith audit verify".`,
        { field: 'permissions' },
      );
    }
    if (kind === 'public' && !row?.publicSafe) {
      const safe = [...offered.values()].filter(each => each.publicSafe).map(each => each.id);
      throw new KeysmithError(
        'PERMISSION_NOT_PUBLIC',
        `The permission ${given(id)} cannot be given to a public key. Allowed for public keys are ${safe.length === 0 ? 'none of this service' : safe.join(', ')}.`,
        { field: 'permissions' },
      );
    }
  }
  return [...new Set(requested)].sort(byteOrder);
}

/**
 * Nothing new is issued to a public key, and it is not made to live longer, while it holds what is not public-safe.
 *
 * @throws PERMISSION_NOT_PUBLIC
 */
export function requirePublicSafe(key: Key, catalog: readonly CatalogRow[]): void {
  if (key.kind !== 'public') return;
  const exposed = key.permissions.filter(
    id => !catalog.some(row => row.type === 'permission' && row.id === id && isPublicSafe(row)),
  );
  if (exposed.length === 0) return;
  throw new KeysmithError(
    'PERMISSION_NOT_PUBLIC',
    `The public key ${key.id} holds ${exposed.join(', ')}, which a public key may no longer have. Take that away first.`,
    { field: 'permissions' },
  );
}

/** @throws KIND_NOT_ALLOWED */
export function requireKind(kind: Kind, allowed: readonly Kind[]): Kind {
  if (allowed.includes(kind)) return kind;
  throw new KeysmithError(
    'KIND_NOT_ALLOWED',
    `The kind ${given(kind)} is not allowed for this service. Allowed are ${allowed.join(', ')}.`,
    { field: 'kind' },
  );
}
