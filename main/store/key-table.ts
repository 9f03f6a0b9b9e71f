import { KeysmithError } from '../keys/errors.ts';
import type { CredentialId, KeyId, Ref, Seconds, ServiceSlug } from '../keys/ids.ts';
import type { Credential, Key, Tombstone } from '../keys/key.ts';
import type {
  CountedFacets,
  FacetQuery,
  KeyFacets,
  KeyFilter,
  KeyPage,
  KeyQuery,
  RefPage,
} from '../keys/key-query.ts';
import type { Draft, NewKey, Stamp } from '../keys/ports.ts';
import type { CatalogRow, Service } from '../keys/service.ts';
import { fold } from '../keys/text.ts';
import type { Connection, SealedRow } from './connection.ts';
import { countExpiring, countedFacets, countedKeys } from './counted-facets.ts';
import { countKey, countKeys, readCounter, readExpiring } from './counters.ts';
import { countFacets } from './key-facets.ts';
import {
  credentialToRow,
  heldEntries,
  keyToRow,
  networksOf,
  rowToCredential,
  rowToTombstone,
  tombstoneToRow,
} from './key-rows.ts';
import { countRefs, searchIds, searchRefs } from './key-search.ts';
import { KEY_AT, type OwnService, valuesToKey } from './key-values.ts';
import type { Row, SqlValue } from './seals.ts';
import { addToBacklog, isInBacklog, TEXT_CANDIDATES } from './text-backlog.ts';

/** What reading and writing keys needs of their services. */
export interface Services {
  find(ref: Ref): Service | undefined;
  /** @throws TAMPERED when it is gone */
  byRef(ref: Ref): Service;
  catalog(ref: Ref): readonly CatalogRow[];
}

export function keyReader(connection: Connection, services: Services) {
  const { get, select, read, prepare } = connection;
  /**
   * What a row takes from its service; of rows that are read together, each service is looked up once. A key whose
   * service is gone stops no list: it is shown as tampered, under a name that no service can have.
   */
  const lookUpServices = () => {
    const found = new Map<Ref, { readonly service: OwnService; readonly isGone: boolean }>();
    return (ref: Ref) => {
      const known = found.get(ref);
      if (known) return known;
      const service = services.find(ref);
      const looked = {
        service: service ?? { ref, slug: '(gone)' as ServiceSlug, format: 'opaque' as const },
        isGone: service === undefined,
      };
      found.set(ref, looked);
      return looked;
    };
  };
  const readKeys = (where: string, ...bound: SqlValue[]): Key[] => {
    const serviceOf = lookUpServices();
    const toKey = (values: readonly SqlValue[], tampered: boolean) => {
      const { service, isGone } = serviceOf(values[KEY_AT.service_ref] as Ref);
      return valuesToKey(values, tampered || isGone, service);
    };
    return read('key', where, toKey, ...bound);
  };
  const toTombstones = (rows: readonly SealedRow[]): Tombstone[] => {
    const serviceOf = lookUpServices();
    return rows.map(row => {
      const { service, isGone } = serviceOf(row.service_ref as Ref);
      return rowToTombstone({ ...row, tampered: row.tampered || isGone }, service);
    });
  };
  const toTombstone = (row: SealedRow | undefined) => (row ? toTombstones([row])[0] : undefined);
  const keyByRef = (ref: Ref): Key | undefined => readKeys('WHERE t.ref = ?', ref)[0];
  const keysByRef = (refs: readonly Ref[]): readonly Key[] => {
    const found = readKeys(`WHERE t.ref IN ${EACH_OF}`, JSON.stringify(refs));
    const keys = new Map(found.map(key => [key.ref, key]));
    return refs.flatMap(ref => keys.get(ref) ?? []);
  };

  return {
    holders: (entry: Ref): number =>
      prepare('SELECT count(*) AS n FROM key_grant WHERE catalog_ref = ?').get(entry)?.n as number,
    activeKeys: (serviceRef: Ref, now: Seconds): number =>
      readCounter(connection, serviceRef, 'status', 'active') -
      readExpiring(connection, serviceRef, now).active,
    key: (id: KeyId): Key | undefined => readKeys('WHERE t.id = ?', id)[0],
    keyByRef,
    keyByName(serviceRef: Ref, name: string): Key | undefined {
      const key = readKeys('WHERE t.service_ref = ? AND t.name_fold = ?', serviceRef, fold(name))[0];
      // SECURITY: the folded name is not sealed; edited by hand, it would lead one key's name to another key.
      if (key && fold(key.name) !== fold(name)) {
        throw new KeysmithError(
          'TAMPERED',
          `The list of names was changed outside Keysmith: it leads to the key ${key.id}, which has another name. Name keys by their ID, and run "keysmith audit verify".`,
          { field: 'key' },
        );
      }
      return key;
    },
    isNameTaken: (serviceRef: Ref, name: string): boolean =>
      prepare('SELECT 1 FROM key WHERE service_ref = ? AND name_fold = ?').get(serviceRef, fold(name)) !==
      undefined,
    keysByLastFour: (four: string, limit: number): readonly Key[] =>
      readKeys(
        `WHERE t.ref IN (${TEXT_CANDIDATES}) AND t.hint LIKE '%_…____' AND substr(t.hint, -4) = ? ORDER BY t.ref DESC LIMIT ?`,
        lastFourMatch(four),
        four,
        limit,
      ),
    keys(query: KeyQuery, now: Seconds): KeyPage {
      const { refs, next } = searchRefs(connection, query, now);
      return { keys: keysByRef(refs), next };
    },
    keyRefs: (query: KeyQuery, now: Seconds): RefPage => searchRefs(connection, query, now),
    keysByRef,
    countKeys: (filter: KeyFilter, now: Seconds): number => countRefs(connection, filter, now),
    countedKeys: (filter: KeyFilter): number | undefined => countedKeys(connection, filter),
    countedFacets: (query: Pick<FacetQuery, 'filter' | 'grants'>, now: Seconds): CountedFacets | undefined =>
      countedFacets(connection, query, now),
    expiringKeys: (within: Seconds, now: Seconds): number => countExpiring(connection, within, now),
    keyIds: (filter: KeyFilter, now: Seconds, limit: number): readonly KeyId[] =>
      searchIds(connection, filter, now, limit),
    facets: (query: FacetQuery, now: Seconds): KeyFacets => countFacets(connection, query, now),
    keysOf: (serviceRef: Ref, after: Ref | null, limit: number): readonly Key[] =>
      // The plus keeps SQLite from the index of names: a walk in the order of the table reads every page once.
      readKeys(
        'WHERE +t.service_ref = ? AND t.ref > ? ORDER BY t.ref LIMIT ?',
        serviceRef,
        after ?? 0,
        limit,
      ),
    tombstone: (id: KeyId): Tombstone | undefined => toTombstone(get('tombstone', 'WHERE t.id = ?', id)),
    tombstones: (after: Ref | null, limit: number): readonly Tombstone[] =>
      toTombstones(select('tombstone', 'WHERE t.ref > ? ORDER BY t.ref LIMIT ?', after ?? 0, limit)),
    tombstoneByRef: (ref: Ref): Tombstone | undefined =>
      toTombstone(get('tombstone', 'WHERE t.ref = ?', ref)),
    credentials: (keyRef: Ref): readonly Credential[] =>
      select('credential', 'WHERE t.key_ref = ? ORDER BY t.ref', keyRef).map(rowToCredential),
    credentialsOf(keyRefs: readonly Ref[]): ReadonlyMap<Ref, readonly Credential[]> {
      const rows = select(
        'credential',
        `WHERE t.key_ref IN ${EACH_OF} ORDER BY t.ref`,
        JSON.stringify(keyRefs),
      );
      return Map.groupBy(rows.map(rowToCredential), ({ keyRef }) => keyRef);
    },
    credentialByTokenId(id: CredentialId): Credential | undefined {
      const row = get('credential', "WHERE t.id = ? AND t.format = 'jwt'", id);
      return row && rowToCredential(row);
    },
    credentialByDigest(digest: Buffer): Credential | undefined {
      const row = get('credential', 'WHERE t.digest = ?', digest);
      return row && rowToCredential(row);
    },
  };
}

export function keyWriter(connection: Connection, services: Services, reader: ReturnType<typeof keyReader>) {
  const run = (sql: string, ...values: SqlValue[]) => connection.prepare(sql).run(...values);

  /** Everything that is derived from a key and stands beside it. */
  const index = (key: Draft<Key>, row: Row, catalog: readonly CatalogRow[]) => {
    const ref = row.ref as Ref;
    if (!isInBacklog(connection, ref))
      run('INSERT INTO key_text (rowid, txt) VALUES (?, ?)', ref, row.txt as string);
    list(key, ref, catalog);
    countKey(connection, key, catalog, 1);
  };
  /** By what it holds, and where it may be used. */
  const list = (key: Draft<Key>, ref: Ref, catalog: readonly CatalogRow[]) => {
    // A row that is there already was put there by hand; it stops no change, and is what it should be from now on.
    for (const entry of heldEntries(key, catalog))
      run(
        'INSERT INTO key_grant (catalog_ref, key_ref) VALUES (?, ?) ON CONFLICT DO NOTHING',
        entry.ref,
        ref,
      );
    for (const network of networksOf(key))
      run(
        'INSERT INTO key_ip (family, prefix_length, network, key_ref) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        ...network,
        ref,
      );
  };
  const unindex = (key: Key, catalog: readonly CatalogRow[]) => {
    run('DELETE FROM key_text WHERE rowid = ?', key.ref);
    for (const entry of heldEntries(key, catalog))
      run('DELETE FROM key_grant WHERE catalog_ref = ? AND key_ref = ?', entry.ref, key.ref);
    for (const network of networksOf(key))
      run(
        'DELETE FROM key_ip WHERE family = ? AND prefix_length = ? AND network = ? AND key_ref = ?',
        ...network,
        key.ref,
      );
    countKey(connection, key, catalog, -1);
  };
  const sealCredentials = (credentials: readonly Credential[], stamp: Stamp) => {
    for (const credential of credentials)
      connection.update('credential', credentialToRow(credential, credential.ref), stamp.seq);
  };

  /** A name that was edited by hand may be another key's; it must not keep the key from being revoked. */
  const requireOwnName = (row: Row, before: Key): Row => {
    if (!before.tampered) return row;
    const holder = connection
      .prepare('SELECT ref FROM key WHERE service_ref = ? AND name_fold = ?')
      .get(row.service_ref ?? null, row.name_fold ?? null);
    return holder && holder.ref !== before.ref ? { ...row, name_fold: `\0${before.id}` } : row;
  };

  return {
    addKey(key: Draft<Key>, credential: Omit<Draft<Credential>, 'keyRef'>, { ref, seq }: Stamp): Key {
      const catalog = services.catalog(key.serviceRef);
      const row = keyToRow(key, ref, catalog);
      connection.insert('key', row, seq);
      connection.insert('credential', credentialToRow({ ...credential, keyRef: ref }, ref), seq);
      index(key, row, catalog);
      return { ...key, ref, auditSeq: seq, tampered: false };
    },
    addKeys(keys: readonly NewKey[]): void {
      const [first, last] = [keys[0]?.stamp.ref, keys.at(-1)?.stamp.ref];
      if (first === undefined || last === undefined) return;
      for (const { key, credential, stamp } of keys) {
        const { ref, seq } = stamp;
        const catalog = services.catalog(key.serviceRef);
        connection.insert('key', keyToRow(key, ref, catalog), seq);
        connection.insert('credential', credentialToRow({ ...credential, keyRef: ref }, ref), seq);
        list(key, ref, catalog);
      }
      addToBacklog(connection, first, last);
      countKeys(
        connection,
        keys.map(({ key }) => key),
        services.catalog,
      );
    },
    updateKey(before: Key, after: Key, stamp: Stamp, credentials = reader.credentials(before.ref)): Key {
      const catalog = services.catalog(before.serviceRef);
      const row = requireOwnName(keyToRow(after, before.ref, catalog), before);
      unindex(before, catalog);
      connection.update('key', row, stamp.seq);
      index(after, row, catalog);
      sealCredentials(credentials, stamp);
      return { ...after, auditSeq: stamp.seq, tampered: false };
    },
    addCredential(credential: Draft<Credential>, { seq }: Stamp): void {
      connection.insert('credential', credentialToRow(credential, seq as Ref), seq);
    },
    removeKey(key: Key, tombstone: Draft<Tombstone>, stamp: Stamp, credentials: readonly Credential[]): void {
      unindex(key, services.catalog(key.serviceRef));
      run('DELETE FROM key WHERE ref = ?', key.ref);
      connection.insert('tombstone', tombstoneToRow(tombstone, key.ref), stamp.seq);
      sealCredentials(credentials, stamp);
    },
  };
}

/** A list that is bound as JSON: one statement for however many there are. */
const EACH_OF = '(SELECT value FROM json_each(?))';

/** The two trigrams of four characters, folded as the index is. */
function lastFourMatch(four: string): string {
  const folded = fold(four);
  return `"${folded.slice(0, 3)}" AND "${folded.slice(1)}"`;
}
