import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BundleRecord } from '../keys/bundle.ts';
import { resolveValidity } from '../keys/bundle-validity.ts';
import { KeysmithError } from '../keys/errors.ts';
import { requireService } from '../keys/look-up.ts';
import { requireRight } from '../keys/rights.ts';
import { fileError, placeFile, reserveRoom } from '../store/durable-file.ts';
import { requireWholeLog } from '../trust/require-whole-log.ts';
import type { Session } from '../trust/session.ts';
import { cancelled, type RunJob } from './background.ts';
import { type BundlePlace, filesIn, isZip, placeFolder, requirePlace } from './bundle-place.ts';
import { draftError } from './draft-error.ts';
import { draftPath, removeLeftBundles } from './file-draft.ts';
import type { BundleCounts, BundleWritten, Watch } from './jobs.ts';
import { recordBundle } from './record-bundle.ts';
import { zipBundle } from './zip-bundle.ts';

export interface BundleRequest {
  /** Slug. */
  readonly service: string;
  /** A folder, or a file whose name ends in `.zip`. */
  readonly out: string;
  /** A duration; absent: 30 days. */
  readonly validFor?: string | undefined;
  /** Replace a bundle of the same service that is there. */
  readonly replace: boolean;
}

export interface ExportedBundle {
  readonly bundle: BundleRecord;
  /** Absolute. */
  readonly out: string;
  readonly counts: BundleCounts;
}

/**
 * Exports what a service needs to verify its keys offline: written beside its place, recorded, and moved in place as
 * a whole. Once it is recorded it is complete, and stays where it was written if it cannot be moved.
 *
 * @throws SERVICE_NOT_FOUND, TAMPERED, VALIDITY_INVALID, FILE_EXISTS, FILE_UNWRITABLE, BUNDLE_OVERTAKEN, CANCELLED,
 *   STORE_*, VAULT_*; what was in that place is then as it was
 */
export async function exportBundle(
  session: Session,
  run: RunJob,
  request: BundleRequest,
  watch: Watch = {},
): Promise<ExportedBundle> {
  const { ports, actor, store } = session;
  requireRight(actor, 'bundle.export');
  const issuedAt = ports.clock();
  const { slug: service } = requireService(store, request.service);
  const expiresAt = resolveValidity(request.validFor, issuedAt);
  const out = resolve(request.out);
  const place = { out, service, replace: request.replace };
  await requirePlace(place);
  await requireWholeLog(session);
  removeLeftBundles(out);
  const folder = makeDraft(out);
  let bundle: BundleRecord | undefined;
  let isPlaced = false;
  try {
    const written = await run({ kind: 'bundle', draft: folder, service, now: issuedAt }, watch);
    // Looked at again before a number is given: what came meanwhile stays, and costs none.
    await requirePlace(place);
    const record = () => {
      if (watch.signal?.aborted) throw cancelled();
      bundle = recordBundle(ports, actor, { folder, service, issuedAt, expiresAt, written });
      return bundle;
    };
    const put = isZip(out) ? putZip : putFolder;
    const recorded = await put({ folder, written, place, record });
    isPlaced = true;
    return { bundle: recorded, out, counts: written.counts };
  } catch (error) {
    throw bundle && !isPlaced ? notMoved(bundle, folder, out, error) : draftError(error, folder, out);
  } finally {
    // Services may need this very number: a bundle that was recorded is not thrown away.
    if (!bundle || isPlaced) rmSync(folder, { recursive: true, force: true });
  }
}

interface Put {
  readonly folder: string;
  readonly written: BundleWritten;
  readonly place: BundlePlace;
  readonly record: () => BundleRecord;
}

async function putFolder({ folder, place, record }: Put): Promise<BundleRecord> {
  const bundle = record();
  await placeFolder(folder, place);
  return bundle;
}

async function putZip({ folder, written, place, record }: Put): Promise<BundleRecord> {
  const zip = `${folder}.zip`;
  const large = Object.keys(written.files).sort();
  let bundle: BundleRecord | undefined;
  try {
    await zipBundle(zip, folder, large, () => {
      reserveRoom(`${folder}.room`, roomOf(written));
      bundle = record();
      return filesIn(folder).filter(name => !large.includes(name));
    });
    placeFile(zip, place.out, place);
  } finally {
    rmSync(zip, { force: true });
  }
  if (!bundle) throw new Error('a bundle was put in place that has no number');
  return bundle;
}

/** More bytes than what is made at the end takes, in the folder and again in the .zip. */
function roomOf({ lists }: BundleWritten): number {
  const signed = lists.reduce((sum, { lst }) => sum + lst.length + 2000, 0);
  return 3 * signed + 256 * 1024;
}

function notMoved(bundle: BundleRecord, folder: string, out: string, cause: unknown): KeysmithError {
  const why = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : '';
  return new KeysmithError(
    'FILE_UNWRITABLE',
    `Bundle ${bundle.sequence} is complete and has its number, but could not be moved to ${out} (${why}). It is the folder ${folder}: move it yourself, or export again.`,
    { field: 'out', cause },
  );
}

function makeDraft(out: string): string {
  try {
    const folder = draftPath(out);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  } catch (error) {
    throw fileError(out, error);
  }
}
