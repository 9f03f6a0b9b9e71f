import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { signCompact } from '../keys/jws.ts';
import { requireIssuer } from '../keys/look-up.ts';
import { requireActiveKey } from '../keys/require-signing-key.ts';
import { requireRight } from '../keys/rights.ts';
import { placeFile, writeNewDurably } from '../store/durable-file.ts';
import { requireWholeLog } from '../trust/require-whole-log.ts';
import type { Session } from '../trust/session.ts';
import { cancelled, type RunJob } from './background.ts';
import { draftError } from './draft-error.ts';
import { placeKind, placeTaken, requireFilePlace } from './file-place.ts';
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
  if (sign) requireRight(session.actor, 'inventory.sign');
  const out = resolve(place);
  const signature = sign ? `${out}.jws` : null;
  // What ends so is meant for a folder.
  if (/[/\\]$/.test(place)) throw placeTaken(place, 'names a folder, not a file');
  requireFilePlace(out, replace);
  // Asked about was the inventory: what lies beside it goes only when it is a signature of one.
  if (signature !== null) requireFilePlace(signature, replace && isInventorySignature(signature));
  if (sign) await requireWholeLog(session);
  const draft = `${out}.new-${randomBytes(6).toString('hex')}`;
  const signed = `${draft}.jws`;
  const now = session.ports.clock();
  try {
    const written = await run({ kind: 'inventory', draft, now, ...what }, watch);
    if (watch.signal?.aborted) throw cancelled();
    if (signature !== null) {
      writeNewDurably(signed, [signInventory(session, basename(out), written)]);
      placeSigned({ draft, out }, { draft: signed, out: signature }, replace);
    } else placeFile(draft, out, { replace });
    return { out, rows: written.rows, signature };
  } catch (error) {
    throw draftError(error, draft, out);
  } finally {
    for (const path of [draft, signed]) rmSync(path, { force: true });
  }
}

function isInventorySignature(path: string): boolean {
  if (placeKind(path) !== 'file') return false;
  const [header = ''] = readFileSync(path, 'latin1').slice(0, 1000).split('.', 1);
  return Buffer.from(header, 'base64url').toString().includes('"typ":"keysmith-inventory+jws"');
}

interface Placement {
  readonly draft: string;
  readonly out: string;
}

/** Moves a signature and its file in place. Where the file cannot follow, the signature is as it was before. */
function placeSigned(file: Placement, signature: Placement, replace: boolean): void {
  const old = `${signature.draft}.old`;
  if (existsSync(signature.out) && replace) renameSync(signature.out, old);
  let isPlaced = false;
  try {
    placeFile(signature.draft, signature.out, { replace });
    isPlaced = true;
    placeFile(file.draft, file.out, { replace });
  } catch (error) {
    if (isPlaced) rmSync(signature.out, { force: true });
    if (existsSync(old)) renameSync(old, signature.out);
    throw error;
  }
  rmSync(old, { force: true });
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
