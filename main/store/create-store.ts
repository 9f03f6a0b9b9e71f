import type { Database } from 'better-sqlite3';
import type { AuditHead } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Ref } from '../keys/ids.ts';
import type { Actor } from '../keys/operator.ts';
import type { Reader, Store, Writer } from '../keys/ports.ts';
import { requireChangingRole, requireRight } from '../keys/rights.ts';
import type { CatalogRow, Service } from '../keys/service.ts';
import {
  appendEntry,
  auditHead,
  lastAuditTime,
  logContains,
  logReplaced,
  readChain,
  readEntries,
  verifyChain,
} from './audit-log.ts';
import { bundleReader, bundleWriter } from './bundle-table.ts';
import { type Connection, connect, foreignSchema } from './connection.ts';
import { rememberPlace } from './in-place.ts';
import { installationToRow, operatorToRow, rowToInstallation, rowToOperator } from './installation-rows.ts';
import { keyImportReader, keyImportWriter } from './key-import-table.ts';
import { keyReader, keyWriter, type Services } from './key-table.ts';
import { keysOfOwnServices } from './own-services.ts';
import type { Seals } from './seals.ts';
import { catalogRowToRow, rowToCatalogRow, rowToService, serviceToRow } from './service-rows.ts';
import { signingReader, signingWriter } from './signing-table.ts';
import { translateErrors } from './store-errors.ts';
import { backlogSize, indexBacklog } from './text-backlog.ts';

/** The moments of a write that a test may want to die at. */
export type WriteStep = 'begun' | 'written' | 'committed';

export interface StoreOptions {
  /** Told at each step of a write, synchronously. */
  readonly onStep?: ((step: WriteStep) => void) | undefined;
  /** Who makes the installation, while it has no operators yet. */
  readonly founder?: Actor | undefined;
  /** The wrapping generation whose keys are at hand; a change in another one is refused. */
  readonly generation?: number | undefined;
}

/** The store as the composition root has it: with what only the vault and the audit's verification may ask. */
export interface OpenStore extends Store {
  readonly connection: Connection;
  contains(head: AuditHead): boolean;
  /** @throws STORE_MISSING, STORE_REPLACED when the open database is no longer the one in its place */
  requireInPlace(): void;
  /** Whether a restore put this log in the place of one that ended so. */
  hasReplaced(head: AuditHead): boolean;
  /** How many keys there are whose text is not in the search's index yet; a search looks through these one by one. */
  textsToIndex(): number;
  /** Puts some of these texts into the index, in one transaction. */
  indexTexts(): void;
  close(): void;
}

/** The store over an open database: everything of it goes through the seals. */
export function createStore(
  db: Database,
  seals: Seals,
  { onStep, founder, generation }: StoreOptions = {},
): OpenStore {
  const connection = connect(db, seals);
  const reader = createReader(connection);
  const path = db.name;
  const place = rememberPlace(db);

  return {
    ...translateAll(reader, path),
    connection,
    change: (actor, clock, work, about) =>
      translateErrors(path, () => {
        place.require();
        const transaction = db.transaction(() => {
          onStep?.('begun');
          requireOwnSchema(connection);
          const now = clock();
          if (generation !== undefined) requireGeneration(reader, generation);
          const operator = founder ?? currentOperator(reader, actor);
          if (about !== 'oneself') requireChangingRole(operator);
          const result = work(createWriter(connection, reader, operator, now), now);
          onStep?.('written');
          return result;
        });
        const result = transaction.immediate();
        onStep?.('committed');
        place.requireKept();
        return result;
      }),
    snapshot: work => translateErrors(path, () => db.transaction(() => work(reader)).deferred()),
    contains: head => translateErrors(path, () => logContains(connection, head)),
    requireInPlace: () => translateErrors(path, place.require),
    hasReplaced: head => translateErrors(path, () => logReplaced(connection, head)),
    textsToIndex: () => translateErrors(path, () => backlogSize(connection)),
    indexTexts: () => translateErrors(path, () => void indexBacklog(connection)),
    close: () => void db.close(),
  };
}

/** Gives every read the store's error codes. */
function translateAll(reader: Reader, path: string): Reader {
  return Object.fromEntries(
    Object.entries(reader).map(([name, read]) => [
      name,
      (...args: unknown[]) => translateErrors(path, () => (read as (...args: unknown[]) => unknown)(...args)),
    ]),
  ) as unknown as Reader;
}

function createReader(connection: Connection): Reader {
  const services = readServices(connection);
  return {
    installation() {
      const row = connection.get('installation', '');
      if (!row) throw gone('installation');
      return rowToInstallation(row);
    },
    operators: () => connection.select('operator', 'ORDER BY t.ref').map(rowToOperator),
    services: () => connection.select('service', 'ORDER BY t.slug').map(rowToService),
    service(slug) {
      const row = connection.get('service', 'WHERE t.slug = ?', slug);
      return row && rowToService(row);
    },
    catalog: services.catalog,
    ...keyReader(connection, services),
    ...keyImportReader(connection, services),
    ...signingReader(connection),
    ...bundleReader(connection),
    audit: query => readEntries(connection, query),
    chain: (after, limit) => readChain(connection, after, limit),
    lastAuditTime: () => lastAuditTime(connection),
    head: () => auditHead(connection),
    firstBrokenEntry: () => verifyChain(connection).broken?.seq,
  };
}

function readServices(connection: Connection): Services {
  const find = (ref: Ref): Service | undefined => {
    const row = connection.get('service', 'WHERE t.ref = ?', ref);
    return row && rowToService(row);
  };
  return {
    find,
    byRef(ref: Ref): Service {
      const service = find(ref);
      if (!service) throw gone(`service ${ref}`);
      return service;
    },
    catalog: (ref: Ref): readonly CatalogRow[] =>
      connection
        .select(
          'catalog',
          "WHERE t.service_ref = ? ORDER BY CASE t.type WHEN 'permission' THEN 0 WHEN 'role' THEN 1 ELSE 2 END, t.position, t.ref",
          ref,
        )
        .map(rowToCatalogRow),
  };
}

function createWriter(connection: Connection, reader: Reader, actor: Actor, at: number): Writer {
  const read = readServices(connection);
  // Read and checked once a transaction, however many keys it writes; gone when the transaction changes it.
  const catalogs = new Map<Ref, readonly CatalogRow[]>();
  const services: Services = {
    ...read,
    catalog(ref) {
      const known = catalogs.get(ref) ?? read.catalog(ref);
      catalogs.set(ref, known);
      return known;
    },
  };
  // Read once a transaction: nobody else writes meanwhile.
  let head: AuditHead | undefined;
  const allKeys = {
    ...keyWriter(connection, services, keyReader(connection, services)),
    ...keyImportWriter(connection),
  };
  const own = keysOfOwnServices(connection, allKeys, actor, services);
  return {
    ...reader,
    catalog: services.catalog,
    ...own.keys,
    ...signingWriter(connection),
    ...bundleWriter(connection),
    // SECURITY: here and nowhere else, so that no use case can forget it.
    record(change) {
      requireRight(actor, change.action);
      own.requireOwnSubject(change);
      const appended = appendEntry(connection, actor.name, at, change, head);
      head = appended.head;
      return appended.stamp;
    },
    addInstallation: (draft, { ref, seq }) =>
      connection.insert('installation', installationToRow(draft, ref), seq),
    updateInstallation: (installation, { seq }) =>
      connection.update('installation', installationToRow(installation, installation.ref), seq),
    addOperator(draft, { ref, seq }) {
      connection.insert('operator', operatorToRow(draft, ref), seq);
      return { ...draft, ref, auditSeq: seq, tampered: false };
    },
    updateOperator: (operator, { seq }) =>
      connection.update('operator', operatorToRow(operator, operator.ref), seq),
    addService(draft, { ref, seq }) {
      connection.insert('service', serviceToRow(draft, ref), seq);
      return { ...draft, ref, auditSeq: seq, tampered: false };
    },
    updateService: (service, { seq }) =>
      connection.update('service', serviceToRow(service, service.ref), seq),
    addCatalogRow(draft, { ref, seq }) {
      catalogs.clear();
      connection.insert('catalog', catalogRowToRow(draft, ref), seq);
    },
    updateCatalogRow(row, { seq }) {
      catalogs.clear();
      connection.update('catalog', catalogRowToRow(row, row.ref), seq);
    },
  };
}

/** SECURITY: what is encrypted with keys of an old generation could be read by whoever has an old copy. */
function requireGeneration(reader: Reader, generation: number): void {
  if (reader.installation().generation === generation) return;
  throw new KeysmithError(
    'LOCKED',
    'Another process changed meanwhile who can open this installation. Nothing was changed here; open it anew.',
  );
}

/** SECURITY: a role is the one that is stored now, not the one that the session began with. */
function currentOperator(reader: Reader, { name }: Actor): Actor {
  const operator = reader.operators().find(each => each.name === name);
  if (operator && !operator.removed && !operator.tampered) return operator;
  throw new KeysmithError(
    operator?.tampered ? 'TAMPERED' : 'NOT_ALLOWED',
    operator?.tampered
      ? `The operator ${name} was changed outside Keysmith. Nothing was changed; run "keysmith audit verify".`
      : `${name} is no longer an operator of this installation. Nothing was changed.`,
    { field: 'operator' },
  );
}

/** SECURITY: a trigger or view that someone added could undo a change under Keysmith's hands, seals and all. */
function requireOwnSchema({ prepare }: Connection): void {
  if (foreignSchema(prepare).length === 0) return;
  throw new KeysmithError(
    'TAMPERED',
    'The database has triggers or views that are not Keysmith\'s: it was changed outside Keysmith. Nothing was changed; run "keysmith audit verify" and restore a backup.',
  );
}

function gone(what: string): KeysmithError {
  return new KeysmithError(
    'TAMPERED',
    `The ${what} is gone from the database, which was changed outside Keysmith. Run "keysmith audit verify" and restore a backup.`,
  );
}
