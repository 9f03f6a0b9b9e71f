import type { AuditEntryView } from '../../preload/contract.ts';
import type { AuditEntry } from '../keys/audit.ts';
import type { Reader } from '../keys/ports.ts';

/** What the window may see of an entry: every member named. */
export function toEntryView(reader: Reader, entry: AuditEntry): AuditEntryView {
  const { seq, at, actor, action, subject, before, after } = entry;
  const { kind, id } = subject;
  return { seq, at, actor, action, before, after, subject: { kind, id, ...nameOf(reader, subject) } };
}

function nameOf(
  reader: Reader,
  { kind, id, ref }: AuditEntry['subject'],
): Pick<AuditEntryView['subject'], 'name' | 'listed'> {
  switch (kind) {
    case 'key': {
      const key = reader.keyByRef(ref);
      if (key) return { name: key.name, listed: key.id === id };
      return { name: reader.tombstoneByRef(ref)?.key.name ?? null, listed: false };
    }
    case 'installation':
      return { name: reader.installation().name, listed: false };
    default:
      return { name: null, listed: false };
  }
}
