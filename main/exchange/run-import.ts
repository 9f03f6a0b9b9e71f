import { KeysmithError } from '../keys/errors.ts';
import type { Ref } from '../keys/ids.ts';
import { issueMany, RowRefused } from '../keys/issue-many.ts';
import type { KeyImport } from '../keys/key-import.ts';
import { timeOf } from '../keys/sign-ahead.ts';
import { lockImports } from '../store/import-lock.ts';
import type { OpenForWriting } from '../trust/write-access.ts';
import { finishImport } from './finish-import.ts';
import { type Batch, signedBatches } from './import-batches.ts';
import type { ImportDone, ImportJob, ImportProgress } from './jobs.ts';
import { openImport, spoolOf } from './open-import.ts';
import { type SecretsFile, secretLines } from './secrets-file.ts';

/** The moments of an import that a test may want to die at. */
export type ImportStep =
  | 'begun'
  | 'secrets-written'
  | 'recorded'
  | 'committed'
  | 'indexed'
  | 'encrypted'
  | 'sealed'
  | 'placed'
  | 'ended';

export interface ImportWatch {
  readonly onProgress: (progress: ImportProgress) => void;
  /** Asked between batches. */
  readonly isCancelled: () => boolean;
  /** Told at each step, synchronously. */
  readonly onStep?: (step: ImportStep) => void;
}

/**
 * Issues the keys of a file in batches, each with its secrets on the disk before it is committed, and how far it came
 * in the same transaction: whenever the process ends, every key that exists has its secret in the file, and the import
 * goes on behind them.
 *
 * @throws IMPORT_*, SECRETS_FILE_INVALID, FILE_*, RECIPIENT_INVALID, CANCELLED, CLOCK_BEHIND, NOT_ALLOWED, STORE_*
 */
export async function runImport(
  open: OpenForWriting,
  job: ImportJob,
  watch: ImportWatch,
): Promise<ImportDone> {
  const unlock = lockImports(job.access.database);
  try {
    const { record, secrets } = await openImport(open, job);
    watch.onStep?.('begun');
    const before = record.done;
    try {
      const issued = await issueRows(open, job, { record, secrets, watch });
      secrets?.close();
      indexTexts(open.store, issued, watch);
      await finishImport(open, issued, watch);
      return { issued: issued.done - before, rows: issued.rows };
    } catch (error) {
      secrets?.close();
      throw error;
    }
  } finally {
    unlock();
  }
}

/** Puts the texts of what was issued into the search's index, and whatever an import left that died. */
export function indexTexts(store: OpenForWriting['store'], issued: KeyImport, watch: ImportWatch): void {
  const { rows } = issued;
  for (let left = store.textsToIndex(); left > 0; left = store.textsToIndex()) {
    // Of many keys it takes a while: neither a lock nor the end of the app waits for it.
    if (watch.isCancelled()) throw cancelledAt(issued);
    watch.onProgress({ phase: 'indexing', done: Math.max(0, rows - left), total: Math.max(rows, left) });
    store.indexTexts();
  }
  watch.onStep?.('indexed');
}

interface Issuing {
  readonly record: KeyImport;
  readonly secrets: SecretsFile | undefined;
  readonly watch: ImportWatch;
}

async function issueRows(
  open: OpenForWriting,
  job: ImportJob,
  { record: begun, secrets, watch }: Issuing,
): Promise<KeyImport> {
  if (!secrets) return begun;
  let record = begun;
  const issue = (batch: Batch) => {
    if (watch.isCancelled()) throw cancelledAt(record);
    record = issueBatch(open, job, { record, secrets, watch }, batch);
    watch.onProgress({ phase: 'issuing', done: record.done, total: record.rows });
  };
  watch.onProgress({ phase: 'issuing', done: record.done, total: record.rows });
  const batches = signedBatches(open.ports, job, record.done);
  try {
    for (;;) {
      const { done, value } = await batches.next();
      if (!done) issue(value);
      else if (value.sha256.toString('hex') === job.sha256 && record.done === record.rows) return record;
      else throw changedMeanwhile(record);
    }
  } finally {
    await batches.return(undefined as never);
  }
}

function issueBatch(open: OpenForWriting, job: ImportJob, issuing: Issuing, batch: Batch): KeyImport {
  const { rows } = batch;
  try {
    return commitBatch(open, job, issuing, batch);
  } catch (error) {
    if (!(error instanceof RowRefused)) throw error;
    if (!(error.cause instanceof KeysmithError) || /^STORE_/.test(error.cause.code)) throw error.cause;
    // The rows before it are issued all the same: the import stops at this one.
    const before = { ...batch, rows: rows.slice(0, error.index) };
    const record = error.index > 0 ? commitBatch(open, job, issuing, before) : issuing.record;
    throw stoppedAt(rows[error.index]?.line ?? 0, error.cause, record);
  }
}

function commitBatch(
  { ports, actor, store }: OpenForWriting,
  job: ImportJob,
  { record, secrets, watch }: Issuing,
  { rows, ahead }: Batch,
): KeyImport {
  if (!secrets) throw new Error('an import without its file of secrets');
  const spool = spoolOf(ports, record);
  try {
    const clock = () => timeOf(ahead, ports.clock(), store.lastAuditTime());
    const written = store.change(actor, clock, (tx, now) => {
      requireAsWritten(tx.keyImport(record.ref), record);
      const keys = rows.map(({ texts }) => texts);
      const issued = issueMany(tx, ports, actor, { service: job.service, keys, now, ahead });
      const text = secretLines(issued);
      const bytes = secrets.append(spool ? spool.frame(text, secrets.bytes) : Buffer.from(text));
      watch.onStep?.('secrets-written');
      const done = record.done + rows.length;
      const stamp = tx.record({
        action: 'key-import.batch',
        subject: { kind: 'key-import', id: record.id, ref: record.ref },
        before: { done: record.done },
        after: { done },
      });
      const next = tx.updateKeyImport({ ...record, done, bytes }, stamp);
      watch.onStep?.('recorded');
      return next;
    });
    secrets.keep(written.bytes);
    watch.onStep?.('committed');
    return written;
  } catch (error) {
    cutUncommitted(store, record.ref, secrets);
    throw error;
  }
}

/** Takes back secrets of keys that do not exist, where that is known for certain; resuming does it otherwise. */
function cutUncommitted(store: OpenForWriting['store'], ref: Ref, secrets: SecretsFile): void {
  try {
    if (store.keyImport(ref)?.bytes === secrets.bytes) secrets.cut();
  } catch (error) {
    // Whatever kept the batch from being committed is what is told; the file is cut when it is opened again.
    if (!(error instanceof KeysmithError)) throw error;
  }
}

/** SECURITY: how far it came is believed only under its seal, and only as this process wrote it. */
function requireAsWritten(found: KeyImport | undefined, known: KeyImport): void {
  if (found && !found.tampered && found.auditSeq === known.auditSeq && found.done === known.done) return;
  throw new KeysmithError(
    'TAMPERED',
    'The record of this bulk issue was changed outside Keysmith. Nothing more was issued; run "keysmith audit verify".',
  );
}

const whereItIs = ({ done, rows, out }: KeyImport) =>
  `${done} of ${rows} keys are issued, and their secrets are in ${out}`;

function cancelledAt(record: KeyImport): KeysmithError {
  return new KeysmithError(
    'CANCELLED',
    `It was cancelled. ${whereItIs(record)}; resume to issue the others.`,
  );
}

function stoppedAt(line: number, cause: KeysmithError, record: KeyImport): KeysmithError {
  return new KeysmithError(
    'IMPORT_STOPPED',
    `Line ${line}: ${cause.message} ${whereItIs(record)}. Once nothing stands against that line any more, resume; or issue it and what follows from a new file.`,
    { field: 'file', cause },
  );
}

function changedMeanwhile(record: KeyImport): KeysmithError {
  return new KeysmithError(
    'FILE_CHANGED',
    `The file ${record.file} was changed while its keys were issued. ${whereItIs(record)}. Look at what is issued, and issue the others from a new file.`,
    { field: 'file' },
  );
}
