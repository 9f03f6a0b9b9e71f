import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import { type ImportId, isKeyId, newImportId } from '../keys/ids.ts';
import type { KeyImport } from '../keys/key-import.ts';
import { requireClock, requireService } from '../keys/look-up.ts';
import type { Ports, Reader } from '../keys/ports.ts';
import { whyNotRead } from '../store/file-reasons.ts';
import type { OpenForWriting } from '../trust/write-access.ts';
import { requireFilePlace } from './file-place.ts';
import type { ImportJob } from './jobs.ts';
import { createSecretsFile, reopenSecretsFile, SECRETS_HEADER, type SecretsFile } from './secrets-file.ts';
import { createSpool, newSpoolKey, requireRecipient, type Spool } from './secrets-spool.ts';

/** An import that goes on. */
export interface OpenedImport {
  readonly record: KeyImport;
  /** Where its secrets go; undefined when every row is issued and only the end is missing. */
  readonly secrets: SecretsFile | undefined;
}

/** Begins an import, or takes up the one that was begun. */
export async function openImport(open: OpenForWriting, job: ImportJob): Promise<OpenedImport> {
  await requireSameFile(job);
  if (job.resume) return resumeImport(open, job);
  refuseUnfinished(open.store, job);
  if (job.recipient !== null) {
    await requireRecipient(job.recipient);
    requireFilePlace(job.out, false);
  }
  return beginImport(open, job);
}

/** Where the secrets are until they are encrypted to the recipient. */
export function spoolPath(out: string): string {
  return `${out}.spool`;
}

/** Where the rows of an import are written. */
function growingPath({ out, recipient }: Pick<KeyImport, 'out' | 'recipient'>): string {
  return recipient === null ? out : spoolPath(out);
}

/** What the secrets are encrypted with on their way; undefined where they are written as they are. */
export function spoolOf({ tokens }: Ports, record: KeyImport): Spool | undefined {
  const key = spoolKeyOf(tokens, record);
  return key && createSpool(key, record.id);
}

export function spoolKeyOf(tokens: Ports['tokens'], { spoolKey, id }: KeyImport): Buffer | undefined {
  return spoolKey ? Buffer.from(tokens.decrypt(spoolKey, id), 'base64url') : undefined;
}

function beginImport({ store, ports, actor }: OpenForWriting, job: ImportJob): OpenedImport {
  const id = newImportId(ports.random);
  const isSpooled = job.recipient !== null;
  const path = growingPath(job);
  const secrets = createSecretsFile(path, isSpooled ? '' : SECRETS_HEADER);
  try {
    const record = store.change(actor, ports.clock, (tx, now) => {
      requireClock(tx, now);
      const service = requireService(tx, job.service);
      const stamp = tx.record({
        action: 'key-import.begin',
        subject: { kind: 'key-import', id },
        before: null,
        after: {
          service: service.slug,
          file: basename(job.file),
          sha256: job.sha256,
          rows: job.rows,
          out: job.out,
          recipient: job.recipient,
        },
      });
      return tx.addKeyImport(
        {
          id,
          serviceRef: service.ref,
          service: service.slug,
          file: basename(job.file),
          sha256: Buffer.from(job.sha256, 'hex'),
          rows: job.rows,
          done: 0,
          out: job.out,
          bytes: secrets.bytes,
          recipient: job.recipient,
          spoolKey: isSpooled ? newEncryptedKey(ports, id) : null,
          sealedSha256: null,
          state: 'open',
          startedAt: now,
          startedBy: actor.name,
        },
        stamp,
      );
    });
    return { record, secrets };
  } catch (error) {
    secrets.close();
    // Nothing but a header is in it.
    rmSync(path, { force: true });
    throw error;
  }
}

function newEncryptedKey({ tokens }: Ports, id: ImportId): Buffer {
  return tokens.encrypt(newSpoolKey().toString('base64url'), id);
}

function resumeImport({ store }: OpenForWriting, job: ImportJob): OpenedImport {
  const record = requireUnfinished(store, job);
  if (record.state === 'done' && record.done < record.rows) {
    throw new KeysmithError(
      'IMPORT_NOT_FOUND',
      `The bulk issue of ${job.file} was ended with ${record.done} of ${record.rows} keys issued. Nothing more was issued; issue the others from a new file.`,
      { field: 'file' },
    );
  }
  return { record, secrets: reopenSecrets(store, record) };
}

/**
 * The file of secrets of an import that was begun, cut to what belongs to keys that exist; undefined when every secret
 * is in its place.
 *
 * @throws SECRETS_FILE_INVALID, FILE_UNWRITABLE
 */
export function reopenSecrets(reader: Reader, record: KeyImport): SecretsFile | undefined {
  if (record.state !== 'open') return undefined;
  const isWhole = (end: Buffer) => record.recipient !== null || endsAsWritten(reader, record, end);
  return reopenSecretsFile(growingPath(record), record.bytes, isWhole);
}

/** Whether the last row is one that was written: the header, or the secret of a key that was issued. */
function endsAsWritten(reader: Reader, { done }: KeyImport, end: Buffer): boolean {
  const text = end.toString();
  if (done === 0) return text === SECRETS_HEADER;
  const [, id = ''] = /,(ak_[0-9A-Za-z]{16}),[\w.-]+\r\n$/.exec(text) ?? [];
  return isKeyId(id) && (reader.key(id) ?? reader.tombstone(id)) !== undefined;
}

/** The import of this file into this place. @throws IMPORT_NOT_FOUND, TAMPERED */
function requireUnfinished(
  reader: Reader,
  { sha256, service, out, file }: Pick<ImportJob, 'sha256' | 'service' | 'out' | 'file'>,
): KeyImport {
  const begun = reader.keyImports().filter(each => each.service === service);
  const own = begun.filter(each => each.sha256.toString('hex') === sha256);
  const found = own.find(each => each.out === out);
  if (found && !found.tampered) return found;
  if (found) {
    throw new KeysmithError(
      'TAMPERED',
      'The record of this bulk issue was changed outside Keysmith. Nothing was issued; run "keysmith audit verify".',
    );
  }
  const elsewhere = own.find(({ state }) => state !== 'done');
  const changed = begun.find(each => each.out === out && each.state !== 'done');
  throw new KeysmithError(
    'IMPORT_NOT_FOUND',
    elsewhere
      ? `The keys of ${file} are being issued with their secrets in ${elsewhere.out}. Nothing was issued; resume with that file of secrets.`
      : changed
        ? `The file ${file} is not the one whose keys were being issued into ${out}: it was changed since. Nothing was issued; resume with the file as it was, or issue what is left from a new file into another one.`
        : `No bulk issue of ${file} into ${out} was begun for the service ${service}. Nothing was issued; begin one.`,
    { field: elsewhere ? 'out' : 'file' },
  );
}

/** The same file must not be begun twice: its names are taken as far as it was issued. */
function refuseUnfinished(reader: Reader, { sha256, service, file }: ImportJob): void {
  const found = reader
    .keyImports()
    .find(
      each => each.service === service && each.state !== 'done' && each.sha256.toString('hex') === sha256,
    );
  if (!found) return;
  throw new KeysmithError(
    'IMPORT_UNFINISHED',
    `${found.done} of ${found.rows} keys of ${file} are issued already, with their secrets in ${found.out}. Nothing more was issued; resume that instead.`,
    { field: 'file' },
  );
}

/** SECURITY: what is issued is what was checked and looked at. @throws FILE_CHANGED, FILE_UNREADABLE */
async function requireSameFile({ file, sha256 }: ImportJob): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new KeysmithError('FILE_UNREADABLE', `The file ${file} cannot be read: ${whyNotRead(code)}.`, {
      field: 'file',
      cause,
    });
  }
  if (hash.digest('hex') === sha256) return;
  throw new KeysmithError(
    'FILE_CHANGED',
    `The file ${file} was changed since it was checked. Nothing was issued; check it again.`,
    { field: 'file' },
  );
}
