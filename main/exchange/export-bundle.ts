import { mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BundleRecord } from '../keys/bundle.ts';
import { resolveValidity } from '../keys/bundle-validity.ts';
import { requireService } from '../keys/look-up.ts';
import { fileError, placeFile } from '../store/durable-file.ts';
import type { Session } from '../trust/session.ts';
import { cancelled, type RunJob } from './background.ts';
import { filesIn, isZip, placeFolder, requirePlace } from './bundle-place.ts';
import type { BundleCounts, Watch } from './jobs.ts';
import { type BundleDraft, recordBundle } from './record-bundle.ts';
import { zipBundle } from './zip-bundle.ts';

export interface BundleRequest {
  /** Slug. */
  readonly service: string;
  /** A folder, or a file whose name ends in `.zip`. */
  readonly out: string;
  /** A duration; absent: 30 days. */
  readonly validFor?: string | undefined;
  /** Replace a bundle that is there. */
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
 * a whole.
 *
 * @throws SERVICE_NOT_FOUND, TAMPERED, VALIDITY_INVALID, FILE_EXISTS, FILE_UNWRITABLE, BUNDLE_OVERTAKEN, CANCELLED,
 *   STORE_*; nothing is left behind then, and what was in that place is as it was
 */
export async function exportBundle(
  session: Session,
  run: RunJob,
  request: BundleRequest,
  watch: Watch = {},
): Promise<ExportedBundle> {
  const { ports, actor, store } = session;
  const issuedAt = ports.clock();
  const { slug: service } = requireService(store, request.service);
  const expiresAt = resolveValidity(request.validFor, issuedAt);
  const out = resolve(request.out);
  requirePlace(out, request.replace);
  const folder = makeDraft(out);
  try {
    const written = await run({ kind: 'bundle', draft: folder, service, now: issuedAt }, watch);
    const draft = { folder, service, issuedAt, expiresAt, written };
    const record = () => {
      if (watch.signal?.aborted) throw cancelled();
      return recordBundle(ports, actor, draft);
    };
    const put = isZip(out) ? putZip : putFolder;
    return { bundle: await put(draft, out, request.replace, record), out, counts: written.counts };
  } catch (error) {
    throw fileError(out, error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Put = (
  draft: BundleDraft,
  out: string,
  replace: boolean,
  record: () => BundleRecord,
) => Promise<BundleRecord>;

const putFolder: Put = async ({ folder }, out, replace, record) => {
  const bundle = record();
  placeFolder(folder, out, replace);
  return bundle;
};

const putZip: Put = async ({ folder, written }, out, replace, record) => {
  const zip = `${folder}.zip`;
  const large = Object.keys(written.files);
  let bundle: BundleRecord | undefined;
  try {
    await zipBundle(zip, folder, large.sort(), () => {
      bundle = record();
      return filesIn(folder).filter(name => !large.includes(name));
    });
    placeFile(zip, out, { replace });
  } finally {
    rmSync(zip, { force: true });
  }
  if (!bundle) throw new Error('a bundle was put in place that has no number');
  return bundle;
};

function makeDraft(out: string): string {
  try {
    return mkdtempSync(`${out}.new-`);
  } catch (error) {
    throw fileError(out, error);
  }
}
