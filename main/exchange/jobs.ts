import type { KeyDraft } from '../keys/draft-key.ts';
import type { Seconds } from '../keys/ids.ts';
import type { KeyCriteria } from '../keys/key-criteria.ts';
import type { ImportColumn } from '../keys/key-import.ts';
import type { InventoryFormat, KeyField } from '../keys/key-json.ts';
import type { KeySort } from '../keys/key-query.ts';
import type { StoreReport } from '../store/verify-store.ts';
import type { WriteAccess } from '../trust/write-access.ts';
import type { ImportMistake } from './import-rows.ts';

/** Which keys an inventory lists: those that match, or those that were picked. */
export type InventoryKeys =
  | { readonly kind: 'matching'; readonly criteria: KeyCriteria; readonly sort: KeySort }
  | { readonly kind: 'picked'; readonly ids: readonly string[] };

/** Writes an inventory into a new file. */
export interface InventoryJob {
  readonly kind: 'inventory';
  readonly draft: string;
  readonly keys: InventoryKeys;
  /** Whether removed keys follow the others. */
  readonly removed: boolean;
  readonly format: InventoryFormat;
  readonly columns: readonly KeyField[];
  readonly bom: boolean;
  /** Say the hash of the file, for its signature: a large one takes a while to be hashed. */
  readonly hashed: boolean;
  readonly now: Seconds;
  /** Half of the rows, in a file that the other half is put after; absent: all of them. */
  readonly half?: InventoryHalf;
}

/**
 * The first half starts with what stands before the first row; removed keys are in the last. Neither is on the disk
 * for certain before both are one file, nor hashed.
 */
export type InventoryHalf = 'first' | 'last';

/** A file that was written: SHA-256 in hex, size in bytes. */
export interface WrittenFile {
  readonly sha256: string;
  readonly size: number;
}

/** A file that was written; without its hash where that was not asked for. */
export interface MaybeHashed extends Omit<WrittenFile, 'sha256'> {
  readonly sha256: string | null;
}

export interface InventoryWritten extends MaybeHashed {
  readonly rows: number;
  /** The newest entry of the audit log then, and its MAC in hex: two halves of one inventory have the same. */
  readonly head: string;
}

/** Writes what a bundle says of a service's credentials into a new folder: everything that needs no signature. */
export interface BundleJob {
  readonly kind: 'bundle';
  readonly draft: string;
  readonly service: string;
  readonly now: Seconds;
}

export interface BundleCounts {
  /** Credentials that services accept, or would if their key were enabled. */
  readonly valid: number;
  readonly refused: number;
  /** Credentials that were changed outside Keysmith: services learn nothing of them. */
  readonly tampered: number;
  /** Keys that are bound to addresses and therefore not in the gateway's map. */
  readonly notInMap: number;
}

export interface BundleWritten {
  /** By name, as they stand in the manifest. */
  readonly files: Readonly<Record<string, WrittenFile>>;
  /** Every status list, packed with two bits an entry and compressed (zlib), as base64url. */
  readonly lists: readonly { readonly number: number; readonly uri: string; readonly lst: string }[];
  readonly counts: BundleCounts;
  /** The audit log as far as the bundle knows it: sequence, and the MAC of that entry in hex. */
  readonly audit: { readonly seq: number; readonly head: string };
}

/** Writes the whole audit log into a new file. */
export interface AuditJob {
  readonly kind: 'audit';
  readonly draft: string;
  /** Refuse a log that does not hold. */
  readonly whole: boolean;
}

export interface AuditWritten extends WrittenFile {
  readonly entries: number;
  /** The newest entry in the file; the MAC in hex. */
  readonly head: { readonly seq: number; readonly mac: string };
}

/** Checks everything that is stored. */
interface VerifyJob {
  readonly kind: 'verify';
}

/** Checks a file of keys to issue; changes nothing. */
export interface ImportCheckJob {
  readonly kind: 'import-check';
  readonly file: string;
  /** Of the file, in bytes; for progress. */
  readonly size: number;
  /** A slug. */
  readonly service: string;
  /** So many rows were issued already. */
  readonly skip: number;
  readonly now: Seconds;
}

export interface CheckedFile {
  /** SHA-256 in hex; empty when the file was not read to its end. */
  readonly sha256: string;
  /** Keys that the file asks for; lines of the header and empty ones do not count. */
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: readonly ImportColumn[];
  /** The first thousand, by line. */
  readonly mistakes: readonly ImportMistake[];
  /** How many there are. */
  readonly mistakeCount: number;
  /** The first rows without a mistake, as they would be issued. */
  readonly preview: readonly KeyDraft[];
}

/** Issues the keys of a file that was checked, or goes on with that. */
export interface ImportJob {
  readonly kind: 'import';
  readonly file: string;
  readonly service: string;
  readonly out: string;
  /** An age recipient; null: the secrets are written as they are. */
  readonly recipient: string | null;
  /** Go on with an import that was begun. */
  readonly resume: boolean;
  /** The file as it was checked; hex. */
  readonly sha256: string;
  readonly rows: number;
  /** Keys of one transaction. */
  readonly batch: number;
  readonly access: WriteAccess;
}

/** Ends an import early: nothing more of its file is issued, and the secrets of what is issued go to their place. */
export interface ImportEndJob {
  readonly kind: 'import-end';
  readonly service: string;
  readonly out: string;
  readonly access: WriteAccess;
}

export interface ImportEnded {
  /** Keys that are issued. */
  readonly done: number;
  /** Keys that the file asked for. */
  readonly rows: number;
}

export interface ImportDone {
  /** Keys that this run issued. */
  readonly issued: number;
  /** Keys that the file asked for. */
  readonly rows: number;
}

/** What an import is at: reading the file, issuing keys, indexing their texts, encrypting their secrets. */
export type ImportPhase = 'checking' | 'issuing' | 'indexing' | 'encrypting';

/** What each job answers. */
interface JobResults {
  readonly inventory: InventoryWritten;
  readonly bundle: BundleWritten;
  readonly audit: AuditWritten;
  readonly verify: StoreReport;
  readonly 'import-check': CheckedFile;
  readonly import: ImportDone;
  readonly 'import-end': ImportEnded;
}
/** Jobs on a connection that only reads. */
export type ReadingJob = InventoryJob | BundleJob | AuditJob | VerifyJob | ImportCheckJob;
/** Jobs that issue, on a connection that writes. */
export type WritingJob = ImportJob | ImportEndJob;
export type Job = ReadingJob | WritingJob;

/** Whether a job needs a connection that writes: it is given keys, and ends by itself between two of its changes. */
export function isWriting(job: { readonly kind: string }): job is WritingJob {
  return job.kind === 'import' || job.kind === 'import-end';
}

export type JobResult<J extends Job> = JobResults[J['kind']];

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is being done, where a job does several things one after the other. */
  readonly phase?: ImportPhase;
}

/** Of the file in bytes while it is checked, of keys from then on. */
export interface ImportProgress extends Progress {
  readonly phase: ImportPhase;
}

/** What whoever starts a job sees of it, and how it is ended early. */
export interface Watch<P = Progress> {
  readonly onProgress?: ((progress: P) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
