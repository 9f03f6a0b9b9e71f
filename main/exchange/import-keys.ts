import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import type { KeyImport } from '../keys/key-import.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import { requireKeyRight, requireRight } from '../keys/rights.ts';
import { whyNotRead } from '../store/file-reasons.ts';
import type { Session } from '../trust/session.ts';
import { writeAccess } from '../trust/write-access.ts';
import type { RunJob } from './background.ts';
import type { CheckedFile, ImportEnded, Watch } from './jobs.ts';

/** Keys of one transaction. */
const BATCH = 1000;

/** Which file, for which service. */
export interface ImportFile {
  readonly file: string;
  /** A slug. */
  readonly service: string;
  /** To go on with an import: one that was ended already is taken for begun, too, and has nothing left to do. */
  readonly resume?: boolean | undefined;
}

export interface CheckedImport extends CheckedFile {
  /** Absolute. */
  readonly file: string;
  readonly service: string;
  /** An import of the same file that was begun: what it issued is left out of the check. */
  readonly unfinished: KeyImport | null;
}

/**
 * Checks a file of keys to issue, from its first row to its last; nothing is issued.
 *
 * @throws FILE_UNREADABLE, SERVICE_NOT_FOUND, NOT_ALLOWED, TAMPERED, CANCELLED, STORE_*
 */
export async function checkImportFile(
  { store, ports, actor }: Session,
  run: RunJob,
  { file: given, service, resume = false }: ImportFile,
  watch: Watch = {},
): Promise<CheckedImport> {
  const file = resolve(given);
  requireRight(actor, 'key.create');
  requireKeyRight(actor, requireService(store, service));
  const { size } = requireFile(file);
  const check = (skip: number) =>
    run({ kind: 'import-check', file, size, service, skip, now: ports.clock() }, watch);
  const first = await check(0);
  const unfinished = begunImport(store, { service, sha256: first.sha256, resume }) ?? null;
  // The names of rows that were issued are taken, by themselves.
  const checked = unfinished && unfinished.done > 0 ? await check(unfinished.done) : first;
  return { ...checked, file, service, unfinished };
}

/** The latest import of a file that was begun and not ended, or to resume any. */
function begunImport(
  reader: Reader,
  { service, sha256, resume }: { service: string; sha256: string; resume: boolean },
): KeyImport | undefined {
  return reader
    .keyImports()
    .find(
      each =>
        each.service === service &&
        (resume || each.state !== 'done') &&
        !each.tampered &&
        each.sha256.toString('hex') === sha256,
    );
}

export interface ImportRequest {
  /** The file of secrets: a new one, or with `resume` the one that was begun. */
  readonly out: string;
  /** An age recipient that the secrets are encrypted to. */
  readonly recipient?: string | undefined;
  readonly resume?: boolean | undefined;
  /** Keys of one transaction; smaller in tests. */
  readonly batch?: number | undefined;
}

export interface ImportedKeys {
  /** Absolute. */
  readonly out: string;
  /** Keys that the file asked for; all of them are issued now. */
  readonly rows: number;
  /** Keys that were issued in this run. */
  readonly issued: number;
  readonly recipient: string | null;
}

/**
 * Issues the keys of a file that was checked and has no mistake. A signal ends it between two batches, with CANCELLED;
 * `resume` goes on from there, as it does after a crash.
 *
 * @throws IMPORT_*, FILE_*, SECRETS_FILE_INVALID, RECIPIENT_INVALID, CANCELLED, CLOCK_BEHIND, NOT_ALLOWED, STORE_*
 */
export async function importKeys(
  session: Session,
  run: RunJob,
  checked: CheckedImport,
  request: ImportRequest,
  watch: Watch = {},
): Promise<ImportedKeys> {
  const { file, service, sha256, rows, unfinished } = checked;
  if (checked.mistakeCount > 0) throw refused(checked);
  const out = resolve(request.out);
  const resume = request.resume ?? false;
  const recipient = resume && unfinished ? unfinished.recipient : (request.recipient ?? null);
  if (resume && unfinished && request.recipient !== undefined && request.recipient !== recipient) {
    throw new KeysmithError(
      'RECIPIENT_INVALID',
      'The secrets of this bulk issue are for another recipient, as it was begun. Nothing was issued; resume without a recipient, or with that one.',
      { field: 'recipient' },
    );
  }
  const done = await run(
    {
      kind: 'import',
      file,
      service,
      out,
      recipient,
      resume,
      sha256,
      rows,
      batch: request.batch ?? BATCH,
      access: writeAccess(session),
    },
    watch,
  );
  return { out, rows: done.rows, issued: done.issued, recipient };
}

/**
 * Ends an import that was begun before all of its rows are issued.
 *
 * @param out the file of secrets that it was begun with
 * @throws what `endImport` throws, SERVICE_NOT_FOUND
 */
export async function endImportEarly(
  session: Session,
  run: RunJob,
  { service, out }: { readonly service: string; readonly out: string },
  watch: Watch = {},
): Promise<ImportEnded> {
  requireRight(session.actor, 'key.create');
  requireKeyRight(session.actor, requireService(session.store, service));
  return run({ kind: 'import-end', service, out: resolve(out), access: writeAccess(session) }, watch);
}

function refused({ file, mistakeCount, mistakes }: CheckedImport): KeysmithError {
  const first = mistakes[0];
  const where = first && `line ${first.line}${first.column === null ? '' : `, ${first.column}`}`;
  return new KeysmithError(
    'IMPORT_INVALID',
    `The file ${file} has ${mistakeCount} ${mistakeCount === 1 ? 'mistake' : 'mistakes'}; nothing was issued. ${mistakeCount === 1 ? 'It is' : 'The first is'} in ${where}: ${first?.message}`,
    { field: 'file' },
  );
}

function requireFile(file: string): { readonly size: number } {
  try {
    const stat = statSync(file);
    if (stat.isFile()) return stat;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new KeysmithError('FILE_UNREADABLE', `The file ${file} cannot be read: ${whyNotRead(code)}.`, {
      field: 'file',
      cause,
    });
  }
  throw new KeysmithError('FILE_UNREADABLE', `${file} is no file. Allowed is a CSV file.`, { field: 'file' });
}
