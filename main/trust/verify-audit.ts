import type { AuditHead } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import { type Finding, type StoreReport, verifyStore } from '../store/verify-store.ts';
import { isNonsense } from './saved-head.ts';
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
 * @throws STORE_*, and whatever `checkStore` throws
 */
export async function verifyAudit(
  { store, savedHead }: Pick<Session, 'store' | 'savedHead'>,
  checkStore: () => Promise<StoreReport> = async () => verifyStore(store.connection),
): Promise<AuditReport> {
  const { entries, head, ...checked } = await checkStore();
  const findings = [...(await verifyHead({ store, savedHead })), ...checked.findings];
  // What comes from a worker was copied, which makes plain bytes of a Buffer.
  const mac = Buffer.from(head.mac).toString('hex');
  return { ok: findings.length === 0, entries, head: { seq: head.seq, mac }, findings };
}

/** A head that cannot be read now takes nothing away from what is found besides. */
async function verifyHead({
  store,
  savedHead,
}: Pick<Session, 'store' | 'savedHead'>): Promise<readonly Finding[]> {
  let saved: AuditHead | undefined;
  try {
    saved = await savedHead.load();
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
    return [
      {
        kind: 'gap',
        subject: 'saved head',
        message: `The saved head of the audit log cannot be read now, and whether the log was shortened cannot be told: ${error.message}`,
      },
    ];
  }
  if (!saved) {
    return [
      {
        kind: 'gap',
        subject: 'saved head',
        message:
          'The head of the audit log that is saved outside the database is gone: whether the log was shortened cannot be told.',
      },
    ];
  }
  if (isNonsense(saved)) {
    return [
      {
        kind: 'gap',
        subject: 'saved head',
        message:
          'The head of the audit log that is saved outside the database was changed there: it says nothing any more, and whether the log was shortened cannot be told.',
      },
    ];
  }
  if (store.contains(saved)) return [];
  return [
    {
      kind: 'gap',
      subject: `entry ${saved.seq}`,
      message: `The audit log once went up to entry ${saved.seq}, and no longer does: entries at its end are gone or were replaced, or the database is an old copy.`,
    },
  ];
}
