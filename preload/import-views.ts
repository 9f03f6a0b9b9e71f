/** What the window sees of bulk issues from a file. Types only. Times in seconds since the epoch. */
import type { KeyDraft } from '../main/keys/draft-key.ts';
import type { ErrorCode, Failure } from '../main/keys/errors.ts';
import type { ImportColumn } from '../main/keys/key-import.ts';

/** What a bulk issue is at: reading the file, issuing keys, indexing their texts, encrypting their secrets. */
export type ImportPhase = 'checking' | 'issuing' | 'indexing' | 'encrypting';

/** A file that was chosen in main's dialog. */
export interface ChosenFile {
  /** What the page calls it by: it never names a path. */
  readonly handle: string;
  readonly name: string;
}

/** One thing that is wrong in the file. */
export interface ImportMistakeView {
  readonly line: number;
  /** Null where the whole row, or the file, is at fault. */
  readonly column: string | null;
  readonly code: ErrorCode;
  readonly message: string;
}

/** A bulk issue that was begun and not ended. */
export interface UnfinishedImport {
  readonly id: string;
  readonly service: string;
  /** What the file was called. */
  readonly file: string;
  /** Where its secrets are, or will be. */
  readonly out: string;
  readonly rows: number;
  /** How many of them were issued. */
  readonly done: number;
  /** Whether the secrets are encrypted to a recipient. */
  readonly encrypted: boolean;
  readonly startedAt: number;
  readonly startedBy: string;
}

export interface CheckedFileView {
  /** Keys that the file asks for. */
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: readonly ImportColumn[];
  /** The first thousand, by line. */
  readonly mistakes: readonly ImportMistakeView[];
  /** How many there are. */
  readonly mistakeCount: number;
  /** The first rows without a mistake, as they would be issued. */
  readonly preview: readonly KeyDraft[];
  /** A bulk issue of this very file that was begun. */
  readonly unfinished: UnfinishedImport | null;
}

/** How a bulk issue ended. */
export type ImportEnd =
  | {
      readonly kind: 'issued';
      readonly service: string;
      /** Where the secrets are. */
      readonly path: string;
      readonly encrypted: boolean;
      /** Keys that the file asked for. */
      readonly rows: number;
      /** Keys that were issued in this run. */
      readonly issued: number;
    }
  /** It can be resumed; `failure` is what was in its way, or null when it was cancelled. */
  | { readonly kind: 'stopped'; readonly left: UnfinishedImport; readonly failure: Failure | null };
