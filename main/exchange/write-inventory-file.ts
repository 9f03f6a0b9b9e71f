import type { Reader } from '../keys/ports.ts';
import { type InventoryRow, writeInventory } from './inventory.ts';
import { inventoryRows } from './inventory-rows.ts';
import type { InventoryJob, InventoryWritten, Progress } from './jobs.ts';
import { spacedProgress } from './spaced-progress.ts';
import { writeHashed, writeUnhashed } from './write-hashed.ts';

/**
 * Writes an inventory into a new file.
 *
 * @throws FILE_EXISTS, FILE_UNWRITABLE, and what {@link inventoryRows} throws
 */
export function writeInventoryFile(
  reader: Reader,
  job: InventoryJob,
  onProgress: (progress: Progress) => void,
): InventoryWritten {
  const { total, pages } = inventoryRows(reader, job.keys, job);
  const tell = spacedProgress(onProgress);
  let rows = 0;
  function* counted(): Generator<readonly InventoryRow[]> {
    for (const page of pages) {
      yield page;
      rows += page.length;
      tell({ done: rows, total: Math.max(total, rows) });
    }
  }
  const isPart = job.half !== undefined;
  const chunks = writeInventory(counted(), job);
  const written =
    job.hashed && !isPart ? writeHashed(job.draft, chunks) : writeUnhashed(job.draft, chunks, { isPart });
  const { seq, mac } = reader.head();
  return { ...written, rows, head: `${seq} ${mac.toString('hex')}` };
}
