import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';

/**
 * Takes the machine's time for the true one although the audit log has later entries: issuing and extending are
 * possible again. Writes an entry that says so; where the clock is not behind, it does nothing.
 */
export function acceptClock({ store, clock }: Ports, actor: Actor): void {
  store.change(actor, clock, (tx, now) => {
    const last = tx.lastAuditTime();
    if (now >= last) return;
    const installation = tx.installation();
    const stamp = tx.record({
      action: 'installation.accept-clock',
      subject: { kind: 'installation', id: installation.id, ref: installation.ref },
      before: { time: last },
      after: { time: now },
    });
    tx.updateInstallation(installation, stamp);
  });
}
