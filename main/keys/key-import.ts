import type { ImportId, Ref, Seconds, ServiceSlug } from './ids.ts';

/** Columns of a file of keys to issue; only the name is required. */
export const IMPORT_COLUMNS = [
  'name',
  'description',
  'owner',
  'kind',
  'permissions',
  'roles',
  'allowed_ips',
  'expires',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** `open`: rows are still to be issued. `sealed`: the file for the recipient is written, and goes in place. */
export type ImportState = 'open' | 'sealed' | 'done';

/** One bulk issue: how far a file of keys was issued, and where their secrets are. */
export interface KeyImport {
  readonly ref: Ref;
  readonly id: ImportId;
  readonly serviceRef: Ref;
  readonly service: ServiceSlug;
  /** What the file was called. */
  readonly file: string;
  /** SHA-256 of the file: another one is another import. */
  readonly sha256: Buffer;
  readonly rows: number;
  /** How many rows were issued: always the first ones. */
  readonly done: number;
  /** Where the secrets go: absolute. */
  readonly out: string;
  /** How much of the file of secrets, or of its spool, belongs to keys that exist; bytes. */
  readonly bytes: number;
  /** The age recipient that the secrets are encrypted to; null: they are not encrypted. */
  readonly recipient: string | null;
  /** What the spool is encrypted with, encrypted itself; null where there is no spool, or none any more. */
  readonly spoolKey: Buffer | null;
  /** SHA-256 of the file for the recipient, from `sealed` on. */
  readonly sealedSha256: Buffer | null;
  readonly state: ImportState;
  readonly startedAt: Seconds;
  readonly startedBy: string;
  readonly auditSeq: number;
  readonly tampered: boolean;
}
