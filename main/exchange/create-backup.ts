import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import { requireRight } from '../keys/rights.ts';
import { copyPath, removeLeftCopies } from '../store/copy-database.ts';
import { placeFile } from '../store/durable-file.ts';
import { packSecrets } from '../trust/secrets.ts';
import type { Session } from '../trust/session.ts';
import { cancelled, createFileBackground } from './background.ts';
import { requireBackupPassphrase } from './backup-passphrase.ts';
import { draftError } from './draft-error.ts';
import { draftPath, removeLeftDrafts } from './file-draft.ts';
import { placeTaken, requireFilePlace } from './file-place.ts';
import type { Watch, WrittenFile } from './jobs.ts';

export interface BackupRequest {
  /** Conventionally ends in `.age`. */
  readonly out: string;
  /** Replace a file of that name. */
  readonly replace: boolean;
  /** Of the backup alone: nothing else has it. Asked for when everything else is known to be right. */
  readonly passphrase: () => Promise<string>;
  /** scrypt's work factor; smaller in tests. */
  readonly scryptLogN?: number | undefined;
}

export interface CreatedBackup {
  /** Absolute. */
  readonly out: string;
  readonly size: number;
  /** The state that it carries. */
  readonly at: Seconds;
  readonly headSeq: number;
  /** True when the audit log does not go through its saved head: what was backed up is not whole. */
  readonly logShortened: boolean;
}

/**
 * Writes a backup: the database and what opens it, as one age file under a passphrase of its own, while everything
 * else goes on. It is there whole and recorded, or not at all. A damaged installation is backed up as well: that may
 * be all there is, and a restore says what does not hold.
 *
 * @param worker the program of background threads, one of which copies and encrypts
 * @throws NOT_ALLOWED, BACKUP_PASSPHRASE_WEAK, FILE_EXISTS, FILE_UNWRITABLE, CANCELLED, STORE_*; nothing is left
 *   behind then, and a file of that name is as it was
 */
export async function createBackup(
  session: Session,
  worker: URL,
  { out: place, replace, passphrase: ask, scryptLogN }: BackupRequest,
  watch: Watch = {},
): Promise<CreatedBackup> {
  const { store, actor, ports, readAccess } = session;
  requireRight(actor, 'installation.backup');
  const out = resolve(place);
  if (/[/\\]$/.test(place)) throw placeTaken(place, 'names a folder, not a file');
  requireFilePlace(out, replace);
  const passphrase = await ask();
  await requireBackupPassphrase(passphrase, store.installation().name);
  const unique = randomBytes(6).toString('hex');
  const copy = copyPath(readAccess.database, unique);
  const draft = draftPath(out);
  const secret = packSecrets(session.secrets);
  const at = ports.clock();
  const { database } = readAccess;
  removeLeftCopies(database);
  removeLeftDrafts(out);
  try {
    const job = { kind: 'backup', database, copy, draft, passphrase, secret, at, scryptLogN } as const;
    const { headSeq, ...written } = await createFileBackground(worker)(job, watch);
    if (watch.signal?.aborted) throw cancelled();
    record(session, { out, draft, replace, headSeq, written });
    const saved = await session.savedHead.load();
    return {
      out,
      size: written.size,
      at,
      headSeq,
      logShortened: saved === undefined || !store.contains(saved),
    };
  } catch (error) {
    throw draftError(error, draft, out);
  } finally {
    secret.fill(0);
    for (const path of [draft, copy, ...['-journal', '-wal', '-shm'].map(suffix => copy + suffix)])
      rmSync(path, { force: true });
  }
}

interface Finished {
  readonly out: string;
  readonly draft: string;
  readonly replace: boolean;
  readonly headSeq: number;
  readonly written: WrittenFile;
}

/**
 * Moves the backup in place and writes the entry that says so, in one transaction: no entry without the file. Where a
 * process dies in between, there is a backup that the log does not know, and the reminder comes once too often.
 */
function record({ store, actor, ports }: Session, finished: Finished): void {
  const { out, draft, replace, headSeq, written } = finished;
  let isPlaced = false;
  try {
    store.change(actor, ports.clock, tx => {
      const installation = tx.installation();
      const stamp = tx.record({
        action: 'installation.backup',
        subject: { kind: 'installation', id: installation.id, ref: installation.ref },
        before: null,
        after: { file: basename(out), sha256: written.sha256, size: written.size, head_seq: headSeq },
      });
      // SECURITY: what was edited by hand must not be sealed anew; it is backed up as it is.
      if (!installation.tampered) tx.updateInstallation(installation, stamp);
      placeFile(draft, out, { replace });
      isPlaced = true;
    });
  } catch (error) {
    if (!isPlaced || !(error instanceof KeysmithError)) throw error;
    throw new KeysmithError(
      error.code,
      `The backup ${out} is complete, but the log does not know of it: ${error.message}`,
      { cause: error },
    );
  }
}
