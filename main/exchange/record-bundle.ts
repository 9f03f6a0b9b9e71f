import { join } from 'node:path';
import type { BundleRecord } from '../keys/bundle.ts';
import { requireBundleSigner } from '../keys/bundle-signer.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import { signCompact } from '../keys/jws.ts';
import { type LastBundle, lastBundle } from '../keys/last-bundle.ts';
import { requireIssuer, requireService } from '../keys/look-up.ts';
import type { Actor } from '../keys/operator.ts';
import type { Ports, Reader, Writer } from '../keys/ports.ts';
import { trustDocument } from '../keys/published-keys.ts';
import type { Service } from '../keys/service.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { BundleWritten, WrittenFile } from './jobs.ts';
import { signedFiles } from './signed-files.ts';
import { writeHashed } from './write-hashed.ts';

export interface BundleDraft {
  /** The folder that {@link BundleWritten} is about; what is signed is added to it. */
  readonly folder: string;
  readonly service: string;
  readonly issuedAt: Seconds;
  readonly expiresAt: Seconds;
  readonly written: BundleWritten;
}

/**
 * Gives a bundle its number: writes the signed files and the manifest into its folder, and records it, in one
 * transaction. Nothing is recorded that is not on the disk.
 *
 * @throws BUNDLE_OVERTAKEN when another export of this service was recorded that knows more, TAMPERED, FILE_UNWRITABLE
 */
export function recordBundle(ports: Ports, actor: Actor, draft: BundleDraft): BundleRecord {
  const { store, clock, signing } = ports;
  const { folder, written } = draft;
  return store.change(actor, clock, (tx, now) => {
    const service = requireService(tx, draft.service);
    const last = lastBundle(tx, service);
    requireNewest(last, service, written);
    const sequence = last.next;
    const files: Record<string, WrittenFile> = { ...written.files };
    for (const [name, text] of Object.entries(signedFiles(tx, ports, actor, draft, sequence)))
      files[name] = writeHashed(join(folder, name), [text]);
    const signer = requireBundleSigner(tx, ports, actor, service, now);
    const manifest = manifestOf(tx, service, draft, last, files);
    const { sha256 } = writeHashed(join(folder, 'manifest.json'), [manifest]);
    writeHashed(join(folder, 'manifest.jws'), [
      signCompact('keysmith-bundle+jws', manifest, signer, signing),
    ]);
    return record(tx, actor, service, draft, { last, sha256, signer });
  });
}

/** SECURITY: a later number must never carry an older state, or it would bring back what was revoked. */
function requireNewest(last: LastBundle, { slug }: Service, { audit }: BundleWritten): void {
  if (last.headSeq <= audit.seq) return;
  throw new KeysmithError(
    'BUNDLE_OVERTAKEN',
    `Another export of the service ${slug} was finished meanwhile and knows more (number ${last.sequence}). Nothing was written; export again if you need one more.`,
    { field: 'service' },
  );
}

function manifestOf(
  reader: Reader,
  service: Service,
  { issuedAt, expiresAt, written }: BundleDraft,
  last: LastBundle,
  files: Readonly<Record<string, WrittenFile>>,
): string {
  return JSON.stringify({
    format: 'keysmith-bundle/1',
    iss: requireIssuer(reader),
    service: service.slug,
    aud: service.audience,
    sequence: last.next,
    issued_at: issuedAt,
    expires_at: expiresAt,
    previous: last.manifestSha256,
    trust: trustDocument(reader).keys,
    audit: written.audit,
    files: Object.fromEntries(
      Object.entries(files)
        .map(([name, { sha256, size }]) => [name, { sha256, size }] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  });
}

function record(
  tx: Writer,
  actor: Actor,
  service: Service,
  { issuedAt, expiresAt, written }: BundleDraft,
  { last, sha256, signer }: { last: LastBundle; sha256: string; signer: SigningKey },
): BundleRecord {
  const { audit, counts } = written;
  const sequence = last.next;
  const stamp = tx.record({
    action: 'bundle.export',
    subject: { kind: 'bundle', id: `${service.slug}/${sequence}` },
    before: null,
    after: {
      service: service.slug,
      sequence,
      issued_at: issuedAt,
      expires_at: expiresAt,
      manifest_sha256: sha256,
      head_seq: audit.seq,
      signed_by: signer.kid,
      valid: counts.valid,
      refused: counts.refused,
      tampered: counts.tampered,
    },
  });
  const draft = {
    serviceRef: service.ref,
    sequence,
    issuedAt,
    expiresAt,
    manifestSha256: Buffer.from(sha256, 'hex'),
    previousSha256: last.manifestSha256 === null ? null : Buffer.from(last.manifestSha256, 'hex'),
    headSeq: audit.seq,
    signingKeyRef: signer.ref,
    createdBy: actor.name,
  };
  return tx.addBundle(draft, stamp);
}
