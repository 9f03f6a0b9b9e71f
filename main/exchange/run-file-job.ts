import { bringUpToDate } from '../store/bring-up-to-date.ts';
import { requireOpens } from './backup-file.ts';
import type { FileJob, FileJobProgress, FileJobResult } from './file-jobs.ts';
import { indexTexts } from './index-texts.ts';
import { unpackBackup } from './unpack-backup.ts';
import { writeBackupFile } from './write-backup-file.ts';

/** Does a job that needs no open installation. */
export function runFileJob<J extends FileJob>(
  job: J,
  onProgress: (progress: FileJobProgress<J>) => void,
): Promise<FileJobResult<J>>;
export async function runFileJob(job: FileJob, onProgress: (progress: never) => void) {
  const tell = onProgress as (progress: unknown) => void;
  switch (job.kind) {
    case 'update':
      await bringUpToDate(job.database, { onProgress: tell });
      return null;
    case 'backup':
      return writeBackupFile(job, tell);
    case 'unpack':
      return unpackBackup(job, tell);
    case 'index-texts':
      indexTexts(job.database);
      return null;
    case 'try':
      await requireOpens(job.file, job.passphrase);
      return null;
  }
}
