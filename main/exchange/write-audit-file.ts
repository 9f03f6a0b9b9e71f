import type { ChainedEntry } from '../keys/audit.ts';
import { toChainedRecord } from '../keys/audit-json.ts';
import type { Reader } from '../keys/ports.ts';
import type { AuditJob, AuditWritten, Progress } from './jobs.ts';
import { requireChain } from './require-chain.ts';
import { writeHashed } from './write-hashed.ts';

/** Entries read at a time. */
const PAGE = 1000;

/**
 * Writes the whole audit log into a new file: an entry a line, the oldest first.
 *
 * @throws FILE_EXISTS, FILE_UNWRITABLE, and TAMPERED where the log must be whole and is not
 */
export function writeAuditFile(
  reader: Reader,
  { draft, whole }: AuditJob,
  onProgress: (progress: Progress) => void,
): AuditWritten {
  if (whole) requireChain(reader);
  const total = reader.head().seq;
  let entries = 0;
  let head = { seq: 0, mac: '' };
  function* lines(): Generator<string> {
    for (const page of pages(reader)) {
      const records = page.map(toChainedRecord);
      yield records.map(record => `${JSON.stringify(record)}\n`).join('');
      entries += records.length;
      const { seq, mac } = records.at(-1) ?? head;
      head = { seq, mac };
      onProgress({ done: entries, total: Math.max(total, entries) });
    }
  }
  const written = writeHashed(draft, lines());
  return { ...written, entries, head };
}

function* pages(reader: Reader): Generator<readonly ChainedEntry[]> {
  for (let page = reader.chain(0, PAGE); page.length > 0; page = reader.chain(page.at(-1)?.seq ?? 0, PAGE))
    yield page;
}
