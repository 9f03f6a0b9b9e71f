import type { AuditAction, AuditEntry, AuditHead, ChainedEntry, JsonObject, SubjectKind } from './audit.ts';
import type { RandomBytes } from './base62.ts';
import type { BundleRecord } from './bundle.ts';
import type { Clock, CredentialId, ImportId, KeyId, Ref, Seconds } from './ids.ts';
import type { Installation } from './installation.ts';
import type { Credential, Key, Tombstone } from './key.ts';
import type { KeyImport } from './key-import.ts';
import type {
  CountedFacets,
  FacetQuery,
  KeyFacets,
  KeyFilter,
  KeyPage,
  KeyQuery,
  RefPage,
} from './key-query.ts';
import type { Actor, Operator } from './operator.ts';
import type { CatalogRow, Service } from './service.ts';
import type { SigningAlg, SigningKey, SigningPurpose } from './signing-key.ts';
import type { StatusList } from './status-list.ts';

/** What a stored thing gets from the store: its reference, its last change, and whether its seal holds. */
type Stored = 'ref' | 'auditSeq' | 'tampered';
export type Draft<T> = Omit<T, Stored>;

/**
 * Proof that a change was written to the audit log, needed by every write.
 * Only {@link Writer.record} makes one, so nothing can be written that the log does not know.
 */
export interface Stamp {
  readonly seq: number;
  readonly ref: Ref;
  readonly brand: 'Stamp';
}

export interface SignedBy {
  /** Credentials that are valid, or would be if their key were enabled. */
  readonly live: number;
  /** When the last of them ends; null: some never do, or there is none. */
  readonly lastEnds: Seconds | null;
  /** How many of them never end. */
  readonly endless: number;
}

/** What was done to a key that changed its line in a bundle. */
export interface ChangedKey {
  readonly ref: Ref;
  readonly action: AuditAction;
}

/** Which entries; what is absent narrows nothing. */
export interface AuditFilter {
  /** A key's ID, a service's slug, or whatever else the subject is called. */
  readonly subject?: string | undefined;
  /** Only of the subject with this reference: found by an index. */
  readonly ref?: Ref | undefined;
  readonly action?: AuditAction | undefined;
  /** An operator's name. */
  readonly actor?: string | undefined;
  /** Only entries of this time and later. */
  readonly since?: Seconds | undefined;
  /** Only entries of this time and earlier. */
  readonly until?: Seconds | undefined;
  /** Found in the subject's ID, before or after, in whatever case; or the name that a key has now. */
  readonly text?: string | undefined;
}

export interface AuditQuery extends AuditFilter {
  readonly limit: number;
  /** Only entries older than this sequence. */
  readonly before?: number | undefined;
  /** Only entries newer than this sequence. */
  readonly after?: number | undefined;
}

/** Reads; sees one consistent state within a transaction. */
export interface Reader {
  installation(): Installation;
  operators(): readonly Operator[];
  services(): readonly Service[];
  service(slug: string): Service | undefined;
  /** Rows in catalog order, removed ones included. */
  catalog(serviceRef: Ref): readonly CatalogRow[];
  /** How many keys hold a permission or role, or are scoped to an account. */
  holders(entry: Ref): number;
  /** Stored status `active` and not expired. */
  activeKeys(serviceRef: Ref, now: Seconds): number;
  key(id: KeyId): Key | undefined;
  keyByName(serviceRef: Ref, name: string): Key | undefined;
  /** Whether a key of the service has the name, whatever its case: the quick question before {@link keyByName}. */
  isNameTaken(serviceRef: Ref, name: string): boolean;
  keyByRef(ref: Ref): Key | undefined;
  keysByLastFour(four: string, limit: number): readonly Key[];
  keys(query: KeyQuery, now: Seconds): KeyPage;
  /** The same without the keys: what a long walk reads a few at a time. */
  keyRefs(query: KeyQuery, now: Seconds): RefPage;
  /** Keys in the order of their references here; those that are gone are left out. */
  keysByRef(refs: readonly Ref[]): readonly Key[];
  countKeys(filter: KeyFilter, now: Seconds): number;
  /** How many keys an unfiltered list has, without reading any; undefined when something beside the service narrows it. */
  countedKeys(filter: KeyFilter): number | undefined;
  /** The same of what the filter panel shows. */
  countedFacets(query: Pick<FacetQuery, 'filter' | 'grants'>, now: Seconds): CountedFacets | undefined;
  /** How many active keys expire within so many seconds from now on. */
  expiringKeys(within: Seconds, now: Seconds): number;
  /** The IDs of the keys that match, oldest first, at most `limit`. */
  keyIds(filter: KeyFilter, now: Seconds, limit: number): readonly KeyId[];
  /** What the filter panel shows beside each choice. */
  facets(query: FacetQuery, now: Seconds): KeyFacets;
  tombstone(id: KeyId): Tombstone | undefined;
  /** Removed keys, in the order in which they were created: those after a reference. */
  tombstones(after: Ref | null, limit: number): readonly Tombstone[];
  tombstoneByRef(ref: Ref): Tombstone | undefined;
  /** Every credential the key ever had, oldest first. */
  credentials(keyRef: Ref): readonly Credential[];
  /** The same for many keys at a time, by key; one that has none is not there. */
  credentialsOf(keyRefs: readonly Ref[]): ReadonlyMap<Ref, readonly Credential[]>;
  credentialByDigest(digest: Buffer): Credential | undefined;
  /** A JWT's credential by its `jti`. */
  credentialByTokenId(id: CredentialId): Credential | undefined;
  /** Every signing key, oldest first. */
  signingKeys(): readonly SigningKey[];
  signingKey(kid: string): SigningKey | undefined;
  signingKeyByRef(ref: Ref): SigningKey | undefined;
  activeSigningKey(purpose: SigningPurpose): SigningKey | undefined;
  /** How many credentials that a signing key signed still count, and when the last of them ends. */
  signedBy(signingKey: Ref, now: Seconds): SignedBy;
  /** The credentials that count and that a signing key signed, oldest first: those after a reference. */
  credentialsSignedBy(signingKey: Ref, now: Seconds, after: Ref | null, limit: number): readonly Credential[];
  latestBundle(serviceRef: Ref): BundleRecord | undefined;
  /** The bundles of a service, the newest first. */
  bundles(serviceRef: Ref, limit: number): readonly BundleRecord[];
  /** What was done to keys of a service, removed ones included, that changed their line in a bundle: of a part of the log. */
  changedKeys(serviceRef: Ref, after: number, upTo: number): readonly ChangedKey[];
  /** What last made a key work, or not, after an entry of the audit log. */
  lastStatusChange(key: Ref, since: number): ChangedKey['action'] | undefined;
  isChangedSince(key: Ref, since: number): boolean;
  isAudienceChangedSince(service: Ref, since: number): boolean;
  /** The lists of a service, by number. */
  statusLists(serviceRef: Ref): readonly StatusList[];
  statusIndexTaken(list: Ref, index: number): boolean;
  /** Every key of a service, oldest first: those after a reference. */
  keysOf(serviceRef: Ref, after: Ref | null, limit: number): readonly Key[];
  /** Bulk issues that were begun, the newest first. */
  keyImports(): readonly KeyImport[];
  keyImport(ref: Ref): KeyImport | undefined;
  /** The newest first. */
  audit(query: AuditQuery): readonly AuditEntry[];
  /** Every entry as the chain has it, the oldest first: those after a sequence. */
  chain(after: number, limit: number): readonly ChainedEntry[];
  /** The newest entry of the audit log. */
  head(): AuditHead;
  /** Walks the whole log. @returns the sequence of the first entry that is missing or does not hold */
  firstBrokenEntry(): number | undefined;
  /** The latest time in the log since a clock that was behind was last accepted; 0 when it is empty. */
  lastAuditTime(): Seconds;
}

export interface Change {
  readonly action: AuditAction;
  readonly subject: { readonly kind: SubjectKind; readonly id: string; readonly ref?: Ref };
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** A key with its first credential, and the entry that created it. */
export interface NewKey {
  readonly key: Draft<Key>;
  readonly credential: Omit<Draft<Credential>, 'keyRef'>;
  readonly stamp: Stamp;
}

/** Writes, inside one transaction. Every write names the audit entry that it belongs to. */
export interface Writer extends Reader {
  /** Appends to the audit log. A subject without `ref` is new: the stamp carries the one it gets. */
  record(change: Change): Stamp;
  addInstallation(draft: Draft<Installation>, stamp: Stamp): void;
  updateInstallation(installation: Installation, stamp: Stamp): void;
  addOperator(draft: Draft<Operator>, stamp: Stamp): Operator;
  updateOperator(operator: Operator, stamp: Stamp): void;
  addService(draft: Draft<Service>, stamp: Stamp): Service;
  updateService(service: Service, stamp: Stamp): void;
  addCatalogRow(draft: Draft<CatalogRow>, stamp: Stamp): void;
  updateCatalogRow(row: CatalogRow, stamp: Stamp): void;
  addSigningKey(draft: Draft<SigningKey>, stamp: Stamp): SigningKey;
  updateSigningKey(key: SigningKey, stamp: Stamp): void;
  addStatusList(draft: Draft<StatusList>, stamp: Stamp): StatusList;
  updateStatusList(list: StatusList, stamp: Stamp): void;
  addBundle(draft: Draft<BundleRecord>, stamp: Stamp): BundleRecord;
  /** Adds a key with its first credential. */
  addKey(key: Draft<Key>, credential: Omit<Draft<Credential>, 'keyRef'>, stamp: Stamp): Key;
  /**
   * Adds many keys, each as {@link addKey} does; only that their texts may be put into the search's index later, and
   * are looked through one by one until then.
   */
  addKeys(keys: readonly NewKey[]): void;
  addKeyImport(draft: Draft<KeyImport>, stamp: Stamp): KeyImport;
  updateKeyImport(record: KeyImport, stamp: Stamp): KeyImport;
  /** Writes a changed key, and seals its credentials anew, changed ones as given. */
  updateKey(before: Key, after: Key, stamp: Stamp, credentials?: readonly Credential[]): Key;
  /** Gives a key another credential; the key itself is written by {@link updateKey} under the same stamp. */
  addCredential(credential: Draft<Credential>, stamp: Stamp): void;
  /** Takes a key off the list and leaves a tombstone; its credentials stay, refused. */
  removeKey(key: Key, tombstone: Draft<Tombstone>, stamp: Stamp, credentials: readonly Credential[]): void;
}

export interface Store extends Reader {
  /**
   * Runs `work` in one write transaction: all of it is durable when this returns, none of it when it throws.
   * The time is taken once the transaction has begun: waiting for another process must not put it before that one's.
   *
   * What the operator may do is looked up in the same transaction, by the name: `rights.ts` says what a role may.
   *
   * @param about `oneself` for the few changes that every operator may make
   * @throws NOT_ALLOWED, LOCKED, STORE_BUSY, STORE_FULL, STORE_READ_ONLY, STORE_DAMAGED, and whatever `work` throws
   */
  change<T>(actor: Actor, clock: Clock, work: (tx: Writer, now: Seconds) => T, about?: 'oneself'): T;
  /** Runs `work` on one consistent state. */
  snapshot<T>(work: (reader: Reader) => T): T;
}

/** Keeps the tokens of public keys so that they can be copied again, and the key of a bulk issue's spool. */
export interface TokenCipher {
  encrypt(token: string, owner: CredentialId | ImportId): Buffer;
  /** @throws TAMPERED when it is not what `encrypt` gave for this owner */
  decrypt(encrypted: Buffer, owner: CredentialId | ImportId): string;
}

/** A key pair that was just made; its private half is encrypted already. */
export type NewSigningKey = Pick<SigningKey, 'kid' | 'alg' | 'publicJwk'> & {
  readonly privateEncrypted: Buffer;
};

/** Makes key pairs and signs with them. */
export interface Signing {
  generate(alg: SigningAlg): Promise<NewSigningKey>;
  /** An ES256 pair, made at once: for the first key, inside the transaction that needs it. */
  generateFirst(): NewSigningKey;
  /** The signature as JWS has it (ES256: R and S, 64 bytes). @throws TAMPERED when the private half cannot be read */
  sign(key: SigningKey, data: Buffer): Buffer;
  /** The same, made in another thread meanwhile. */
  signLater(key: SigningKey, data: Buffer): Promise<Buffer>;
  verify(key: SigningKey, data: Buffer, signature: Buffer): boolean;
}

/** What a use case may reach. */
export interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly tokens: TokenCipher;
  readonly signing: Signing;
}
