import { type Finding, type StoreReport, verifyStore } from '../store/verify-store.ts';
import type { Session } from './session.ts';

export interface AuditReport {
  readonly ok: boolean;
  readonly entries: number;
  /** Lower-case hex; with `seq`, what another record of the log can be compared with. */
  readonly head: { readonly seq: number; readonly mac: string };
  readonly findings: readonly Finding[];
}

/**
 * Checks the log, its head outside the database, and everything that is sealed. Reads only.
 *
 * @param checkStore where the database is walked: in this thread, unless a worker is asked
 * @throws VAULT_*, STORE_*, and whatever `checkStore` throws
 */
export async function verifyAudit(
  { store, savedHead }: Pick<Session, 'store' | 'savedHead'>,
  checkStore: () => Promise<StoreReport> = async () => verifyStore(store.connection),
): Promise<AuditReport> {
  const { entries, head, ...checked } = await checkStore();
  const findings = [...checked.findings];
  const saved = await savedHead.load();
  if (!saved) {
    findings.unshift({
      kind: 'gap',
      subject: 'saved head',
      message:
        'The head of the audit log that is saved outside the database is gone: whether the log was shortened cannot be told.',
    });
  } else if (!store.contains(saved)) {
    findings.unshift({
      kind: 'gap',
      subject: `entry ${saved.seq}`,
      message: `The audit log once went up to entry ${saved.seq}, and no longer does: entries at its end are gone or were replaced, or the database is an old copy.`,
    });
  }
  // What comes from a worker was copied, which makes plain bytes of a Buffer.
  const mac = Buffer.from(head.mac).toString('hex');
  return { ok: findings.length === 0, entries, head: { seq: head.seq, mac }, findings };
}
