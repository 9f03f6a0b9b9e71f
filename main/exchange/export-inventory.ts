import { availableParallelism } from 'node:os';
import type { Session } from '../trust/session.ts';
import type { RunJob } from './background.ts';
import { exportFile, type FileContent, type FileRequest } from './export-file.ts';
import type { InventoryJob, InventoryWritten, Watch } from './jobs.ts';
import { writeInHalves } from './write-in-halves.ts';

export interface InventoryRequest
  extends FileRequest,
    Pick<InventoryJob, 'keys' | 'removed' | 'format' | 'columns' | 'bom'> {
  /** Whether somebody may work in a window meanwhile. */
  readonly besideWindow?: boolean;
}

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
 * Whether two threads have a core each. A frame of a window passes through several processes, and where none of them
 * finds a free core at once, it comes late: one core is the window's.
 */
export function hasTwoCores(besideWindow: boolean, cores = availableParallelism()): boolean {
  return cores >= (besideWindow ? 3 : 2);
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
  { out: place, sign, replace, besideWindow = false, ...what }: InventoryRequest,
  watch: Watch = {},
): Promise<ExportedInventory> {
  const now = session.ports.clock();
  const content: FileContent<InventoryWritten> = {
    typ: 'keysmith-inventory+jws',
    action: 'inventory.sign',
    write: draft => {
      const job: InventoryJob = { kind: 'inventory', draft, hashed: sign, now, ...what };
      const isLong = session.store.head().seq >= LONG_LOG && isInHalves(job);
      return isLong && hasTwoCores(besideWindow) ? writeInHalves(run, job, watch) : run(job, watch);
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
