import type { Ref, Seconds } from '../keys/ids.ts';
import type { Database } from './open-database.ts';
import { translateErrors } from './store-errors.ts';

/** Tries that were not followed by the right passphrase. Not sealed: they are counted while no key is at hand. */
export interface Attempts {
  readonly failures: number;
  /** When the last of them was; null: there is none. */
  readonly lastAt: Seconds | null;
}

/** So many wrong passphrases cost nothing; from then on each wait is twice the one before. */
const FREE = 3;
const LONGEST_WAIT = 300;

const NONE: Attempts = { failures: 0, lastAt: null };

/** How many seconds from now the next try is allowed; 0: at once. */
export function waitingTime({ failures, lastAt }: Attempts, now: Seconds): number {
  if (failures < FREE || lastAt === null) return 0;
  const wait = Math.min(2 ** (failures - FREE + 1), LONGEST_WAIT);
  return Math.max(0, Math.min(wait, lastAt + wait - now));
}

export function readAttempts(db: Database, operator: Ref): Attempts {
  const read = db.prepare<[Ref], Attempts>(
    'SELECT failures, last_at AS lastAt FROM unlock_attempt WHERE operator_ref = ?',
  );
  return translateErrors(db.name, () => read.get(operator)) ?? NONE;
}

/**
 * How many seconds an operator has to wait. A mark from the future, as of a clock that was wrong, starts the wait anew,
 * and only once.
 *
 * @throws STORE_*
 */
export function currentWait(db: Database, operator: Ref, now: Seconds): number {
  const attempts = readAttempts(db, operator);
  if (attempts.lastAt !== null && attempts.lastAt > now) {
    const mend = db.prepare('UPDATE unlock_attempt SET last_at = ? WHERE operator_ref = ?');
    translateErrors(db.name, () => mend.run(now, operator));
  }
  return waitingTime(attempts, now);
}

/**
 * Counts a try before it is made, so that one that is cut short counts as well.
 *
 * @returns the tries before this one; where {@link waitingTime} is not over, none was counted
 * @throws STORE_*
 */
export function takeAttempt(db: Database, operator: Ref, now: Seconds): Attempts {
  return translateErrors(db.name, () =>
    db
      .transaction(() => {
        const before = readAttempts(db, operator);
        if (waitingTime(before, now) > 0) return before;
        db.prepare(
          `INSERT INTO unlock_attempt (operator_ref, failures, last_at) VALUES (?, 1, ?)
           ON CONFLICT (operator_ref) DO UPDATE SET failures = failures + 1, last_at = excluded.last_at`,
        ).run(operator, now);
        return before;
      })
      .immediate(),
  );
}

/** Forgets the tries of an operator, after the right passphrase. */
export function clearAttempts(db: Database, operator: Ref): void {
  translateErrors(db.name, () =>
    db.prepare('DELETE FROM unlock_attempt WHERE operator_ref = ?').run(operator),
  );
}
