import type { Reader } from './ports.ts';
import type { Service } from './service.ts';

/** What the next bundle follows. */
export interface LastBundle {
  /** 0 before the first. */
  readonly sequence: number;
  /** SHA-256 of its manifest.json in hex; null before the first. */
  readonly manifestSha256: string | null;
  readonly headSeq: number;
}

const MAX_BUNDLES = 100_000;

/**
 * The newest bundle of a service: its row, or its entry in the audit log where that knows a later one.
 *
 * SECURITY: were a row deleted or changed by hand, a number would be given twice, and verifiers would refuse the
 * bundle that carries the revocations.
 */
export function lastBundle(reader: Reader, service: Service): LastBundle {
  const row = reader.latestBundle(service.ref);
  const logged = reader
    .audit({ action: 'bundle.export', limit: MAX_BUNDLES })
    .find(({ after }) => after?.service === service.slug)?.after;
  const fromRow: LastBundle =
    row && !row.tampered
      ? {
          sequence: row.sequence,
          manifestSha256: row.manifestSha256.toString('hex'),
          headSeq: row.headSeq,
        }
      : { sequence: 0, manifestSha256: null, headSeq: 0 };
  if (!logged || Number(logged.sequence) <= fromRow.sequence) return fromRow;
  return {
    sequence: Number(logged.sequence),
    manifestSha256: String(logged.manifest_sha256),
    headSeq: Number(logged.head_seq),
  };
}
