import { difference } from './audit.ts';
import { isStale, type Key } from './key.ts';
import { toAuditRecord } from './key-json.ts';
import type { Writer } from './ports.ts';

/** Writes a key as it is wanted, as one edit in the audit log; nothing where nothing is different. */
export function writeEditedKey(tx: Writer, before: Key, wanted: Key): Key {
  const after = { ...wanted, stale: isStale(before, wanted) };
  const changed = difference(toAuditRecord(before), toAuditRecord(after));
  if (!changed) return before;
  const stamp = tx.record({
    action: 'key.edit',
    subject: { kind: 'key', id: before.id, ref: before.ref },
    ...changed,
  });
  return tx.updateKey(before, after, stamp);
}
