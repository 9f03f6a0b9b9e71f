import { statSync } from 'node:fs';
import { openBackup } from '../store/open-backup.ts';
import { decryptFile } from './backup-file.ts';
import type { Unpacked, UnpackJob } from './file-jobs.ts';
import type { Progress } from './jobs.ts';
import { spacedProgress } from './spaced-progress.ts';

/**
 * Decrypts a backup, takes its secret out, and leaves a database of today's schema.
 *
 * @throws BACKUP_PASSPHRASE_WRONG, FILE_INVALID, FILE_UNREADABLE, STORE_*
 */
export async function unpackBackup(
  { file, path, passphrase }: UnpackJob,
  tell: (progress: Progress) => void,
): Promise<Unpacked> {
  const onProgress = spacedProgress(tell);
  // What is encrypted is a little longer than what is in it.
  const total = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let done = 0;
  await decryptFile(file, path, passphrase, size => {
    done += size;
    onProgress({ done, total });
  });
  const { db, ...taken } = openBackup(path);
  db.close();
  return taken;
}
