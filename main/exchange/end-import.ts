import { KeysmithError } from '../keys/errors.ts';
import type { KeyImport } from '../keys/key-import.ts';
import type { Reader } from '../keys/ports.ts';
import { lockImports } from '../store/import-lock.ts';
import type { OpenForWriting } from '../trust/write-access.ts';
import { finishImport } from './finish-import.ts';
import type { ImportEnded, ImportEndJob } from './jobs.ts';
import { reopenSecrets } from './open-import.ts';
import { type ImportWatch, indexTexts } from './run-import.ts';

/**
 * Ends an import early, as where its file is lost: the keys that are issued stay, nothing more is issued, and their
 * secrets go where they were to go.
 *
 * @throws IMPORT_NOT_FOUND, IMPORT_RUNNING, SECRETS_FILE_INVALID, FILE_*, CANCELLED, NOT_ALLOWED, TAMPERED, STORE_*
 */
export async function endImport(
  open: OpenForWriting,
  job: ImportEndJob,
  watch: ImportWatch,
): Promise<ImportEnded> {
  const unlock = lockImports(job.access.database);
  try {
    const record = requireBegun(open.store, job);
    cutSecrets(open.store, record);
    indexTexts(open.store, record, watch);
    await finishImport(open, record, watch);
    return { done: record.done, rows: record.rows };
  } finally {
    unlock();
  }
}

function cutSecrets(reader: Reader, record: KeyImport): void {
  try {
    reopenSecrets(reader, record)?.close();
  } catch (error) {
    // Secrets that are not encrypted were in the admin's hands from the first batch on: whatever became of the file
    // since is left as it is.
    const isTheirs = error instanceof KeysmithError && error.code === 'SECRETS_FILE_INVALID';
    if (!isTheirs || record.recipient !== null) throw error;
  }
}

function requireBegun(reader: Reader, { service, out }: ImportEndJob): KeyImport {
  const found = reader
    .keyImports()
    .find(each => each.service === service && each.out === out && each.state !== 'done');
  if (!found) {
    throw new KeysmithError(
      'IMPORT_NOT_FOUND',
      `No bulk issue for the service ${service} with its secrets in ${out} is unfinished. Nothing was changed.`,
      { field: 'out' },
    );
  }
  if (!found.tampered) return found;
  throw new KeysmithError(
    'TAMPERED',
    'The record of this bulk issue was changed outside Keysmith. Nothing was changed now; run "keysmith audit verify".',
  );
}
