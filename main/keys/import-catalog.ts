import { z } from 'zod';
import { type Catalog, catalogSchema } from './catalog.ts';
import { KeysmithError } from './errors.ts';
import type { Seconds } from './ids.ts';
import { requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Reader } from './ports.ts';
import { isPublicSafe, type Service, toCatalog } from './service.ts';
import { writeCatalog } from './write-catalog.ts';

/** Reads a catalog from untrusted JSON text. @throws CATALOG_INVALID naming every mistake with its path */
export function parseCatalog(text: string): Catalog {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new KeysmithError('CATALOG_INVALID', 'The catalog is not JSON.', { field: 'catalog', cause });
  }
  const parsed = catalogSchema.safeParse(json);
  if (parsed.success && Object.keys(json as object).length === 0) {
    throw new KeysmithError(
      'CATALOG_INVALID',
      'The catalog has neither permissions, roles nor accounts. Give at least one of the three lists, if need be an empty one.',
      { field: 'catalog' },
    );
  }
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(
    issue => `${z.core.toDotPath(issue.path) || 'the file'}: ${issue.message}`,
  );
  const shown = mistakes.slice(0, 20).join('; ');
  throw new KeysmithError(
    'CATALOG_INVALID',
    `The catalog has ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}: ${shown}${mistakes.length > 20 ? ' …' : ''}.`,
    { field: 'catalog' },
  );
}

/** A permission that public keys hold although it is not, or no longer, public-safe. */
export interface ExposedPermission {
  readonly permission: string;
  readonly keys: number;
}

export interface CatalogImport {
  readonly catalog: Catalog;
  readonly exposed: readonly ExposedPermission[];
}

/**
 * Replaces a service's catalog by the given one. Keys keep what they hold, also where the catalog no longer has it.
 *
 * @param force let entries go that keys still hold
 * @throws SERVICE_NOT_FOUND, CATALOG_IN_USE naming each entry and how many keys hold it, STORE_*
 */
export function importCatalog(
  { store, clock }: Ports,
  actor: Actor,
  request: { readonly service: string; readonly catalog: Catalog; readonly force?: boolean | undefined },
): CatalogImport {
  return store.change(actor, clock, (tx, now) => {
    const service = requireService(tx, request.service);
    const { permissions, roles, accounts } = request.catalog;
    const kept = new Set([
      ...permissions.map(({ id }) => `permission/${id}`),
      ...roles.map(({ id }) => `role/${id}`),
      ...accounts.map(({ id }) => `account/${id}`),
    ]);
    const orphaned = tx
      .catalog(service.ref)
      .filter(row => !row.removed && !kept.has(`${row.type}/${row.id}`))
      .map(row => ({ row, keys: tx.holders(row.ref) }))
      .filter(({ keys }) => keys > 0);
    if (orphaned.length > 0 && !request.force) {
      const list = orphaned
        .map(({ row, keys }) => `${row.type} ${row.id} (${keys} ${keys === 1 ? 'key' : 'keys'})`)
        .join(', ');
      throw new KeysmithError(
        'CATALOG_IN_USE',
        `The new catalog leaves out what keys hold: ${list}. They would keep it without a definition; nothing was changed.`,
        { field: 'catalog' },
      );
    }
    writeCatalog(tx, service, request.catalog);
    return { catalog: toCatalog(tx.catalog(service.ref)), exposed: exposedPermissions(tx, service, now) };
  });
}

function exposedPermissions(
  reader: Reader,
  { ref: serviceRef }: Service,
  now: Seconds,
): readonly ExposedPermission[] {
  return (
    reader
      .catalog(serviceRef)
      .filter(row => row.type === 'permission' && !isPublicSafe(row))
      // Asks the index first: only what somebody holds is worth a walk.
      .filter(row => reader.holders(row.ref) > 0)
      .map(row => ({ permission: row.id, keys: reader.countKeys({ serviceRef, exposed: [row] }, now) }))
      .filter(({ keys }) => keys > 0)
  );
}
