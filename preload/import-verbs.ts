/** The part of the contract about bulk issues from a file. They are cancelled by `exports:cancel`. */
import { z } from 'zod';
import type { CheckedFileView, ChosenFile, ImportEnd, UnfinishedImport } from './import-views.ts';
import { exportId, handle, nothing, text } from './requests.ts';
import { verb } from './verb.ts';

/** A recipient of age has 62 characters; main says what is wrong with one that is not. */
const recipient = z.string().max(300);

export const IMPORT_VERBS = {
  /** Asks where, and writes a file with a header and one row that a service would take; null: cancelled. */
  'imports:template': verb<{ readonly path: string } | null>()(z.strictObject({ service: text })),
  /** Asks which file; null when the dialog was cancelled. What was chosen before is forgotten then. */
  'imports:choose': verb<ChosenFile | null>()(nothing),
  /** Checks the file from its first to its last row, and issues nothing. Tells `export-progress` meanwhile. */
  'imports:check': verb<CheckedFileView>()(z.strictObject({ id: exportId, handle, service: text })),
  /** The mistakes of the last check as text, onto the clipboard. */
  'imports:copy-mistakes': verb<null>()(z.strictObject({ handle })),
  /** Asks where, and writes the same text there; null: cancelled. */
  'imports:save-mistakes': verb<{ readonly path: string } | null>()(z.strictObject({ handle })),
  /**
   * Asks where the secrets go, and issues the keys of the file as it was checked last; null when the dialog was
   * cancelled. Tells `export-progress` with a phase meanwhile. What stops it in the middle is an answer, since it can
   * be resumed; it is refused only while nothing is issued.
   */
  'imports:start': verb<ImportEnd | null>()(
    z.strictObject({
      id: exportId,
      handle,
      /** Encrypts the secrets to it; null: they are written as they are. */
      recipient: recipient.nullable(),
    }),
  ),
  /** Those that were begun and not ended, of services whose keys whoever works here may manage; the newest first. */
  'imports:unfinished': verb<readonly UnfinishedImport[]>()(nothing),
  /** Goes on with one of them, as `imports:start`. Asks for its file where main does not know where that is. */
  'imports:resume': verb<ImportEnd | null>()(z.strictObject({ id: exportId, import: text })),
  /**
   * Ends one of them early: what is issued stays, and its secrets go where they were to go. Tells `export-progress`
   * meanwhile.
   */
  'imports:end': verb<{ readonly path: string; readonly done: number; readonly rows: number }>()(
    z.strictObject({ id: exportId, import: text }),
  ),
} as const;
