import type { Reader } from '../keys/ports.ts';
import type { Job, JobResult, Progress } from './jobs.ts';
import { writeBundleFiles } from './write-bundle-files.ts';
import { writeInventoryFile } from './write-inventory-file.ts';

/** Does a job on one consistent state of the database. */
export function runJob<J extends Job>(
  reader: Reader,
  job: J,
  onProgress: (progress: Progress) => void,
): JobResult<J>;
export function runJob(reader: Reader, job: Job, onProgress: (progress: Progress) => void) {
  switch (job.kind) {
    case 'inventory':
      return writeInventoryFile(reader, job, onProgress);
    case 'bundle':
      return writeBundleFiles(reader, job, onProgress);
  }
}
