import type { AuditEntry, ChainedEntry } from './audit.ts';

/** An entry as `--json` shows it. */
export function toAuditRecord({ seq, at, actor, action, subject, before, after }: AuditEntry) {
  return { seq, at, actor, action, subject: { kind: subject.kind, id: subject.id }, before, after };
}

/** An entry as an exported log has it, with its MAC in hex. */
export function toChainedRecord(entry: ChainedEntry) {
  return { ...toAuditRecord(entry), mac: entry.mac.toString('hex') };
}
