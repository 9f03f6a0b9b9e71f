import type { AuditEntry } from './audit.ts';
import { isKeyId } from './ids.ts';
import type { AuditFilter, Reader } from './ports.ts';

/** Entries that are looked at for one page: what nothing matches must not hold up whoever waits for other answers. */
const LOOKED_AT = 20_000;

/** Entries that match, the newest first, as far as was looked. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** What `before` has to be for the page that follows; null: the log was looked through to its start. */
  readonly next: number | null;
}

/** The entries that match among those older than `before`; fewer than `limit`, or none, where it takes another look. */
export function auditPage(
  reader: Reader,
  filter: AuditFilter,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): AuditPage {
  const from = Math.min(before ?? Number.POSITIVE_INFINITY, reader.head().seq + 1);
  const after = isKnownKey(reader, filter.subject) ? 0 : Math.max(0, from - 1 - LOOKED_AT);
  const entries = reader.audit({ ...filter, before: from, after, limit });
  const last = entries.length === limit ? (entries.at(-1)?.seq ?? 0) : after + 1;
  return { entries, next: last > 1 ? last : null };
}

/** The entries of a key have an index, by its row: nothing else is looked at. */
function isKnownKey(reader: Reader, subject: string | undefined): boolean {
  if (subject === undefined || !isKeyId(subject)) return false;
  return reader.key(subject) !== undefined || reader.tombstone(subject) !== undefined;
}
