import { difference, type JsonObject } from './audit.ts';
import type { AccountEntry, Catalog } from './catalog.ts';
import { given, KeysmithError } from './errors.ts';
import type { Draft, Writer } from './ports.ts';
import { CATALOG_TYPES, type CatalogRow, type CatalogType, type Service } from './service.ts';

type Entry = Omit<Draft<CatalogRow>, 'serviceRef' | 'bit' | 'removed' | 'position'>;

/**
 * Makes a service's catalog the given one: adds, edits, removes and brings back entries, each with its own
 * audit entry; what stays the same is not touched.
 */
export function writeCatalog(tx: Writer, service: Service, catalog: Catalog): void {
  const existing = tx.catalog(service.ref);
  const byKey = new Map(existing.map(row => [`${row.type}/${row.id}`, row]));
  let nextBit = existing.reduce((next, row) => Math.max(next, (row.bit ?? -1) + 1), 0);
  for (const type of CATALOG_TYPES) {
    entriesOf(catalog, type).forEach((entry, position) => {
      const row = byKey.get(`${type}/${entry.id}`);
      byKey.delete(`${type}/${entry.id}`);
      if (row) {
        changeEntry(tx, service, row, { ...row, ...entry, position, removed: false });
      } else {
        const bit = type === 'account' ? null : nextBit++;
        addEntry(tx, service, { ...entry, serviceRef: service.ref, position, bit, removed: false });
      }
    });
  }
  for (const row of byKey.values())
    if (!row.removed) changeEntry(tx, service, row, { ...row, removed: true });
}

/** Puts accounts into a catalog that does not have them, or had them once; touches nothing else. */
export function addCatalogAccounts(tx: Writer, service: Service, accounts: readonly AccountEntry[]): void {
  const existing = tx.catalog(service.ref).filter(({ type }) => type === 'account');
  let position = existing.reduce((next, row) => Math.max(next, row.position + 1), 0);
  for (const { id, title, description } of accounts) {
    const row = existing.find(each => each.id === id);
    if (row) changeEntry(tx, service, row, { ...row, removed: false });
    else {
      const entry = { type: 'account', id, title, description, publicSafe: false, scoped: false } as const;
      addEntry(tx, service, { ...entry, serviceRef: service.ref, position, bit: null, removed: false });
      position += 1;
    }
  }
}

function entriesOf(catalog: Catalog, type: CatalogType): readonly Entry[] {
  const common = (entry: { id: string; title: string; description: string }) => ({
    type,
    id: entry.id,
    title: entry.title,
    description: entry.description,
    publicSafe: false,
    scoped: false,
  });
  switch (type) {
    case 'permission':
      return catalog.permissions.map(entry => ({ ...common(entry), publicSafe: entry.public_safe }));
    case 'role':
      return catalog.roles.map(entry => ({ ...common(entry), scoped: entry.scoped }));
    case 'account':
      return catalog.accounts.map(common);
  }
}

function addEntry(tx: Writer, service: Service, draft: Draft<CatalogRow>): void {
  const stamp = tx.record({
    action: 'catalog.add',
    subject: subjectOf(service, draft),
    before: null,
    after: toRecord(draft),
  });
  tx.addCatalogRow(draft, stamp);
}

function changeEntry(tx: Writer, service: Service, before: CatalogRow, after: CatalogRow): void {
  const changed = difference(toRecord(before), toRecord(after));
  if (!changed) return;
  // SECURITY: the change would seal anew what was edited by hand, its place in the masks of keys included.
  if (before.tampered) {
    throw new KeysmithError(
      'TAMPERED',
      `The ${before.type} ${given(before.id)} was changed in the catalog outside Keysmith: its seal does not hold. Nothing was changed; restore a backup.`,
      { field: 'catalog' },
    );
  }
  const action = after.removed ? 'catalog.remove' : before.removed ? 'catalog.add' : 'catalog.edit';
  const stamp = tx.record({ action, subject: { ...subjectOf(service, after), ref: after.ref }, ...changed });
  tx.updateCatalogRow(after, stamp);
}

function subjectOf(service: Service, { type, id }: Draft<CatalogRow>) {
  return { kind: 'catalog', id: `${service.slug}/${type}/${id}` } as const;
}

function toRecord({
  title,
  description,
  publicSafe,
  scoped,
  position,
  removed,
}: Draft<CatalogRow>): JsonObject {
  return { title, description, public_safe: publicSafe, scoped, position, removed };
}
