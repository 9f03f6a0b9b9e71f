import type { Session } from '../trust/session.ts';
import type { RunJob } from './background.ts';
import { exportFile, type FileContent, type FileRequest } from './export-file.ts';
import type { AuditWritten, Watch } from './jobs.ts';

export interface ExportedAudit extends Pick<AuditWritten, 'entries' | 'head'> {
  /** Absolute. */
  readonly out: string;
  /** Where its signature is; null when it was not signed. */
  readonly signature: string | null;
}

/**
 * Exports the whole audit log, an entry a line. The entry that records its signature comes after the exported head.
 *
 * SECURITY: what does not hold is exported, for whoever looks into it, but never signed.
 *
 * @throws what {@link exportFile} throws; nothing is left behind then, and files of these names are as they were
 */
export async function exportAudit(
  session: Session,
  run: RunJob,
  request: FileRequest,
  watch: Watch = {},
): Promise<ExportedAudit> {
  const content: FileContent<AuditWritten> = {
    typ: 'keysmith-audit+jws',
    action: 'audit.sign',
    write: draft => run({ kind: 'audit', draft, whole: request.sign }, watch),
    claims: ({ entries, head }) => ({ entries, head }),
  };
  const { out, signature, written } = await exportFile(session, request, content, watch);
  const { entries, head } = written;
  return { out, entries, head, signature };
}
