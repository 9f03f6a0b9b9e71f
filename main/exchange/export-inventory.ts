import type { Session } from '../trust/session.ts';
import type { RunJob } from './background.ts';
import { exportFile, type FileContent, type FileRequest } from './export-file.ts';
import type { InventoryJob, InventoryWritten, Watch } from './jobs.ts';
import { writeInHalves } from './write-in-halves.ts';

export interface InventoryRequest
  extends FileRequest,
    Pick<InventoryJob, 'keys' | 'removed' | 'format' | 'columns' | 'bom'> {}

export interface ExportedInventory {
  /** Absolute. */
  readonly out: string;
  readonly rows: number;
  /** Where its signature is; null when it was not signed. */
  readonly signature: string | null;
}

/** A shorter log has so few keys that starting a second thread takes longer than what it would do. */
const LONG_LOG = 20_000;

/** Lines can be put after each other; picked keys are few. */
function isInHalves({ keys, format }: InventoryJob): boolean {
  return keys.kind === 'matching' && format !== 'json';
}

/**
 * Exports what keys exist, without any secret.
 *
 * @throws what {@link exportFile} and `inventoryRows` throw; nothing is left behind then, and files of these names are
 *   as they were
 */
export async function exportInventory(
  session: Session,
  run: RunJob,
  { out: place, sign, replace, ...what }: InventoryRequest,
  watch: Watch = {},
): Promise<ExportedInventory> {
  const now = session.ports.clock();
  const content: FileContent<InventoryWritten> = {
    typ: 'keysmith-inventory+jws',
    action: 'inventory.sign',
    write: draft => {
      const job: InventoryJob = { kind: 'inventory', draft, hashed: sign, now, ...what };
      const isLong = session.store.head().seq >= LONG_LOG && isInHalves(job);
      return isLong ? writeInHalves(run, job, watch) : run(job, watch);
    },
    claims: ({ rows }) => ({ rows }),
  };
  const { out, signature, written } = await exportFile(
    session,
    { out: place, sign, replace },
    content,
    watch,
  );
  return { out, rows: written.rows, signature };
}
