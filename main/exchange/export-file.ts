import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { JsonObject } from '../keys/audit.ts';
import { requireRight } from '../keys/rights.ts';
import { placeFile, writeNewDurably } from '../store/durable-file.ts';
import { requireWholeLog } from '../trust/require-whole-log.ts';
import type { Session } from '../trust/session.ts';
import { cancelled } from './background.ts';
import { draftError } from './draft-error.ts';
import { draftPath, removeLeftDrafts } from './file-draft.ts';
import { placeKind, placeTaken, requireFilePlace } from './file-place.ts';
import type { MaybeHashed, Watch } from './jobs.ts';
import { type SignedKind, signFile } from './sign-file.ts';

/** Where one file goes. */
export interface FileRequest {
  readonly out: string;
  /** Put a signature of a trust key beside it, in `<out>.jws`. */
  readonly sign: boolean;
  /** Replace files of these names. */
  readonly replace: boolean;
}

/** What goes there. */
export interface FileContent<W extends MaybeHashed> extends SignedKind {
  /** Writes it into a new file, and hashes it where it is to be signed. */
  readonly write: (draft: string) => Promise<W>;
  /** What its signature says beside its name, hash and time. */
  readonly claims: (written: W) => JsonObject;
}

export interface ExportedFile<W extends MaybeHashed> {
  /** Absolute. */
  readonly out: string;
  /** Where its signature is; null when it was not signed. */
  readonly signature: string | null;
  readonly written: W;
}

/**
 * Exports one file, signed or not: written beside its place and moved there as a whole, the signature first.
 *
 * @throws FILE_EXISTS, FILE_UNWRITABLE, CANCELLED, TAMPERED, NOT_ALLOWED, STORE_*, and what `write` throws; nothing is
 *   left behind then, and files of these names are as they were
 */
export async function exportFile<W extends MaybeHashed>(
  session: Session,
  { out: place, sign, replace }: FileRequest,
  content: FileContent<W>,
  { signal }: Watch,
): Promise<ExportedFile<W>> {
  if (sign) requireRight(session.actor, content.action);
  const out = resolve(place);
  const signature = sign ? `${out}.jws` : null;
  // What ends so is meant for a folder.
  if (/[/\\]$/.test(place)) throw placeTaken(place, 'names a folder, not a file');
  requireFilePlace(out, replace);
  // Asked about was the file: what lies beside it goes only when it is a signature of one of its kind.
  if (signature !== null) requireFilePlace(signature, replace && isSignature(signature, content));
  if (sign) await requireWholeLog(session);
  removeLeftDrafts(out);
  const draft = draftPath(out);
  const signed = `${draft}.jws`;
  try {
    const written = await content.write(draft);
    if (signal?.aborted) throw cancelled();
    if (signature !== null) {
      const { sha256 } = written;
      if (sha256 === null) throw new Error(`${out} is to be signed, and was not hashed`);
      const claims = { file: basename(out), sha256, more: content.claims(written) };
      writeNewDurably(signed, [signFile(session, content, claims)]);
      placeSigned({ draft, out }, { draft: signed, out: signature }, replace);
    } else placeFile(draft, out, { replace });
    return { out, signature, written };
  } catch (error) {
    throw draftError(error, draft, out);
  } finally {
    for (const path of [draft, signed]) rmSync(path, { force: true });
  }
}

function isSignature(path: string, { typ }: SignedKind): boolean {
  if (placeKind(path) !== 'file') return false;
  const [header = ''] = readFileSync(path, 'latin1').slice(0, 1000).split('.', 1);
  return Buffer.from(header, 'base64url').toString().includes(`"typ":"${typ}"`);
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
