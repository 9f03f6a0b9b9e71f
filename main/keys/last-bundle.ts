import type { AuditEntry } from './audit.ts';
import type { BundleRecord } from './bundle.ts';
import type { Reader } from './ports.ts';
import { parseRestoredBundles } from './restored-bundles.ts';
import type { Service } from './service.ts';

/** What the next bundle follows. */
export interface LastBundle {
  /** 0 before the first. */
  readonly sequence: number;
  /** SHA-256 of its manifest.json in hex; null before the first, and where a restore does not know it. */
  readonly manifestSha256: string | null;
  readonly headSeq: number;
  /** The entry of the audit log that recorded it; 0 before the first. */
  readonly auditSeq: number;
  /** The number of the next bundle. */
  readonly next: number;
}

type Known = Omit<LastBundle, 'next'>;

const NONE: Known = { sequence: 0, manifestSha256: null, headSeq: 0, auditSeq: 0 };
const MAX_BUNDLES = 100_000;

/**
 * The newest bundle of a service: its row, or its entry in the audit log where that knows a later one.
 *
 * SECURITY: were a row deleted or changed by hand, a number would be given twice, and verifiers would refuse the
 * bundle that carries the revocations.
 */
export function lastBundle(reader: Reader, service: Service): LastBundle {
  const newest = reader.latestBundle(service.ref);
  const rows = newest?.tampered ? reader.bundles(service.ref, MAX_BUNDLES) : newest ? [newest] : [];
  const intact = rows.find(({ tampered }) => !tampered);
  const row = intact ? fromRow(intact) : NONE;
  const logged = loggedAfter(reader, service, row) ?? row;
  const last = restoredAfter(reader, service, logged) ?? logged;
  // A row that was edited by hand may stand where the next one belongs; gaps are allowed.
  const taken = new Set(rows.map(({ sequence }) => sequence));
  let next = last.sequence + 1;
  while (taken.has(next)) next += 1;
  return { ...last, next };
}

function fromRow({ sequence, manifestSha256, headSeq, auditSeq }: BundleRecord): Known {
  return { sequence, manifestSha256: manifestSha256.toString('hex'), headSeq, auditSeq };
}

/** The newest bundle that only the audit log knows. */
function loggedAfter(reader: Reader, { slug }: Service, row: Known): Known | undefined {
  return reader
    .audit({ action: 'bundle.export', after: row.auditSeq, limit: MAX_BUNDLES })
    .filter(({ after }) => after?.service === slug)
    .map(fromEntry)
    .find(known => known !== undefined && known.sequence > row.sequence);
}

/**
 * Where the numbers go on after a backup was restored: behind the newest bundle that services may have, which was
 * exported after the backup and has no row.
 */
function restoredAfter(reader: Reader, { slug }: Service, logged: Known): Known | undefined {
  const { ref } = reader.installation();
  return reader
    .audit({ ref, action: 'installation.restore', after: logged.auditSeq, limit: MAX_BUNDLES })
    .flatMap(({ seq, after }): Known[] => {
      const mark = parseRestoredBundles(after?.bundles)[slug];
      if (!mark) return [];
      const { told, ...known } = mark;
      return [{ ...known, auditSeq: told ? seq : logged.auditSeq }];
    })
    .reduce<Known | undefined>(
      (last, known) => (known.sequence > (last ?? logged).sequence ? known : last),
      undefined,
    );
}

/** An entry that was edited by hand may hold anything. */
function fromEntry({ seq, after }: AuditEntry): Known | undefined {
  const { sequence, manifest_sha256: manifestSha256, head_seq: headSeq } = after ?? {};
  const isWhole =
    Number.isSafeInteger(sequence) &&
    Number.isSafeInteger(headSeq) &&
    /^[0-9a-f]{64}$/.test(String(manifestSha256));
  return isWhole
    ? {
        sequence: Number(sequence),
        manifestSha256: String(manifestSha256),
        headSeq: Number(headSeq),
        auditSeq: seq,
      }
    : undefined;
}
