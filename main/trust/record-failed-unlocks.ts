import type { Attempts } from '../store/unlock-attempts.ts';
import type { Session } from './session.ts';

/** Writes down the wrong passphrases that came before the right one; the log could not be written while it was locked. */
export function recordFailedUnlocks({ store, actor, ports: { clock } }: Session, attempts: Attempts): void {
  if (attempts.failures === 0) return;
  store.change(
    actor,
    clock,
    tx => {
      const operator = tx.operators().find(({ name }) => name === actor.name);
      if (!operator) throw new Error(`${actor.name} is no operator`);
      const stamp = tx.record({
        action: 'operator.failed-unlock',
        subject: { kind: 'operator', id: operator.name, ref: operator.ref },
        before: null,
        after: { failures: attempts.failures, last_at: attempts.lastAt },
      });
      tx.updateOperator(operator, stamp);
    },
    'oneself',
  );
}
