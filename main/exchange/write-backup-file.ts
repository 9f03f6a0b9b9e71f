import { statSync } from 'node:fs';
import { putSecret, reserveSecret } from '../store/backup-secret.ts';
import { copyDatabase } from '../store/copy-database.ts';
import { encryptFile } from './backup-file.ts';
import type { BackupJob, BackupWritten } from './file-jobs.ts';
import type { Progress } from './jobs.ts';
import { spacedProgress } from './spaced-progress.ts';

/**
 * Copies a database and encrypts the copy, with what opens it.
 *
 * @throws FILE_*, STORE_*
 */
export async function writeBackupFile(
  { database, copy, draft, passphrase, secret: given, at, scryptLogN }: BackupJob,
  tell: (progress: Progress) => void,
): Promise<BackupWritten> {
  const onProgress = spacedProgress(tell);
  const secret = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  try {
    const headSeq = await copyDatabase(database, copy, (done, pages) => tell({ done, total: 2 * pages }));
    const places = putSecret(reserveSecret(copy, secret.length, at), secret);
    const { size: total } = statSync(copy);
    let done = total;
    const written = await encryptFile(copy, draft, {
      passphrase,
      scryptLogN,
      onPiece: piece => {
        places.into(piece);
        done += piece.length;
        onProgress({ done, total: 2 * total });
      },
    });
    places.requireOnce();
    return { ...written, headSeq };
  } finally {
    secret.fill(0);
  }
}
