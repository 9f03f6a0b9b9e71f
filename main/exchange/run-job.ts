import type { OpenStore } from '../store/create-store.ts';
import { verifyStore } from '../store/verify-store.ts';
import { checkImport } from './check-import.ts';
import type { Job, JobResult, Progress } from './jobs.ts';
import { writeAuditFile } from './write-audit-file.ts';
import { writeBundleFiles } from './write-bundle-files.ts';
import { writeInventoryFile } from './write-inventory-file.ts';

/** Does a job on one consistent state of the database. */
export function runJob<J extends Job>(
  store: OpenStore,
  job: J,
  onProgress: (progress: Progress) => void,
): JobResult<J> | Promise<JobResult<J>>;
export function runJob(store: OpenStore, job: Job, onProgress: (progress: Progress) => void) {
  switch (job.kind) {
    case 'inventory':
      return store.snapshot(reader => writeInventoryFile(reader, job, onProgress));
    case 'bundle':
      return store.snapshot(reader => writeBundleFiles(reader, job, onProgress));
    case 'audit':
      return store.snapshot(reader => writeAuditFile(reader, job, onProgress));
    case 'verify':
      return verifyStore(store.connection, onProgress);
    case 'import-check':
      return checkImport(store, job, onProgress);
    case 'import':
    case 'import-end':
      throw new Error('an import writes, and a reader was asked for it');
  }
}
