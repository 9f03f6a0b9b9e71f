import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { KeysmithError } from '../keys/errors.ts';
import { signCompact } from '../keys/jws.ts';
import { requireIssuer } from '../keys/look-up.ts';
import { requireActiveKey } from '../keys/require-signing-key.ts';
import { fileError, placeFile, writeNewDurably } from '../store/durable-file.ts';
import type { Session } from '../trust/session.ts';
import { cancelled, type RunJob } from './background.ts';
import type { InventoryJob, InventoryWritten, Watch } from './jobs.ts';

export interface InventoryRequest
  extends Pick<InventoryJob, 'keys' | 'removed' | 'format' | 'columns' | 'bom'> {
  readonly out: string;
  /** Put a signature of a trust key beside it, in `<out>.jws`. */
  readonly sign: boolean;
  /** Replace files of these names. */
  readonly replace: boolean;
}

export interface ExportedInventory {
  /** Absolute. */
  readonly out: string;
  readonly rows: number;
  /** Where its signature is; null when it was not signed. */
  readonly signature: string | null;
}

/**
 * Exports what keys exist, without any secret: written beside its place and moved there as a whole, the signature
 * first.
 *
 * @throws FILE_EXISTS, FILE_UNWRITABLE, CANCELLED, TAMPERED, STORE_*, and what `inventoryRows` throws; nothing is left
 *   behind then, and files of these names are as they were
 */
export async function exportInventory(
  session: Session,
  run: RunJob,
  { out: place, sign, replace, ...what }: InventoryRequest,
  watch: Watch = {},
): Promise<ExportedInventory> {
  const out = resolve(place);
  const signature = sign ? `${out}.jws` : null;
  for (const path of [out, ...(signature === null ? [] : [signature])]) if (!replace) requireFree(path);
  const draft = `${out}.new-${randomBytes(6).toString('hex')}`;
  const signed = `${draft}.jws`;
  const now = session.ports.clock();
  const placed: string[] = [];
  try {
    const written = await run({ kind: 'inventory', draft, now, ...what }, watch);
    if (watch.signal?.aborted) throw cancelled();
    if (signature !== null) {
      writeNewDurably(signed, [signInventory(session, basename(out), written)]);
      placeFile(signed, signature, { replace });
      placed.push(signature);
    }
    placeFile(draft, out, { replace });
    placed.length = 0;
    return { out, rows: written.rows, signature };
  } catch (error) {
    throw fileError(out, error);
  } finally {
    // A signature without its file is not left alone; one that was replaced is gone either way.
    for (const path of [draft, signed, ...placed]) rmSync(path, { force: true });
  }
}

/** A compact JWS over `{"file","sha256","iat","rows"}`, recorded in the audit log. */
function signInventory({ ports, actor, store }: Session, file: string, written: InventoryWritten): string {
  const { sha256, rows } = written;
  return store.change(actor, ports.clock, (tx, now) => {
    const key = requireActiveKey(tx, ports, actor, 'trust', now);
    // SECURITY: the change would seal anew what was edited by hand.
    requireIssuer(tx);
    const installation = tx.installation();
    const stamp = tx.record({
      action: 'inventory.sign',
      subject: { kind: 'installation', id: installation.id, ref: installation.ref },
      before: null,
      after: { file, sha256, rows, signed_by: key.kid },
    });
    tx.updateInstallation(installation, stamp);
    return signCompact(
      'keysmith-inventory+jws',
      JSON.stringify({ file, sha256, iat: now, rows }),
      key,
      ports.signing,
    );
  });
}

function requireFree(path: string): void {
  if (!existsSync(path)) return;
  throw new KeysmithError(
    'FILE_EXISTS',
    `The file ${path} exists already. It was left as it is; choose another name, or have it replaced.`,
    { field: 'out' },
  );
}
