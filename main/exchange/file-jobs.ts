import type { Seconds } from '../keys/ids.ts';
import type { UpdateProgress } from '../store/bring-up-to-date.ts';
import type { Progress, WrittenFile } from './jobs.ts';

/** Brings a database of an older version up to date. */
interface UpdateJob {
  readonly kind: 'update';
  readonly database: string;
}

/** Writes a backup into a new file, by way of a copy of the database. Whoever asks for it clears both away. */
export interface BackupJob {
  readonly kind: 'backup';
  readonly database: string;
  readonly copy: string;
  readonly draft: string;
  readonly passphrase: string;
  /** SECURITY: what opens the database, packed; each thread overwrites what it has of it when the job is done. */
  readonly secret: Uint8Array;
  readonly at: Seconds;
  readonly scryptLogN: number | undefined;
}

export interface BackupWritten extends WrittenFile {
  /** The audit entry up to which it goes. */
  readonly headSeq: number;
}

/** Decrypts a backup into a new file, takes the secret out of it, and brings the rest to today's schema. */
export interface UnpackJob {
  readonly kind: 'unpack';
  readonly file: string;
  readonly path: string;
  readonly passphrase: string;
}

export interface Unpacked {
  readonly secret: Uint8Array;
  readonly madeAt: Seconds;
}

/** Puts texts of keys into the search's index that an import left out. */
interface IndexJob {
  readonly kind: 'index-texts';
  readonly database: string;
}

/** Finds out whether a passphrase opens a backup. */
interface TryJob {
  readonly kind: 'try';
  readonly file: string;
  readonly passphrase: string;
}

/** Work on files alone: nothing is read through seals. */
export type FileJob = UpdateJob | BackupJob | UnpackJob | IndexJob | TryJob;

/** What each answers. */
interface FileJobResults {
  readonly update: null;
  readonly backup: BackupWritten;
  readonly unpack: Unpacked;
  readonly 'index-texts': null;
  readonly try: null;
}
export type FileJobResult<J extends FileJob> = FileJobResults[J['kind']];
export type FileJobProgress<J extends FileJob> = J extends UpdateJob ? UpdateProgress : Progress;
