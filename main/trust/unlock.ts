import { given, KeysmithError } from '../keys/errors.ts';
import type { Ref, Seconds } from '../keys/ids.ts';
import type { OperatorRole } from '../keys/operator.ts';
import type { Database } from '../store/open-database.ts';
import { translateErrors } from '../store/store-errors.ts';
import {
  type Attempts,
  currentWait,
  readAttempts,
  takeAttempt,
  waitingTime,
} from '../store/unlock-attempts.ts';
import { type ClosedInstallation, readClosed } from './closed-installation.ts';
import type { Secrets } from './secrets.ts';
import type { InstallationPorts } from './session.ts';
import { openVault } from './vault.ts';
import { parseWrapping, stretch, unwrap } from './wrapping.ts';

/** What a database says of an operator before anything can be checked. */
export interface ClosedOperator {
  readonly ref: Ref;
  readonly name: string;
  readonly role: OperatorRole;
  readonly wrappedKey: Buffer | null;
  readonly wrapping: string | null;
}

/** Who may open the installation, in the order in which they were added. @throws STORE_* */
export function closedOperators(db: Database): readonly ClosedOperator[] {
  return translateErrors(db.name, () =>
    db
      .prepare<[], ClosedOperator>(
        'SELECT ref, name, role, wrapped_key AS wrappedKey, wrapping FROM operator WHERE removed = 0 ORDER BY ref',
      )
      .all(),
  );
}

/** How many seconds an operator has to wait before the next try. */
export function unlockWait(db: Database, operator: ClosedOperator, now: Seconds): number {
  return waitingTime(readAttempts(db, operator.ref), now);
}

/** @param name which of them; may be left out where there is only one */
export function chooseOperator(
  operators: readonly ClosedOperator[],
  name: string | undefined,
): ClosedOperator {
  const names = operators.map(each => each.name).join(', ');
  const chosen = name === undefined ? operators : operators.filter(each => each.name === name);
  const [operator, another] = chosen;
  if (operator && !another) return operator;
  if (another && name !== undefined)
    throw new KeysmithError(
      'TAMPERED',
      `There are two operators ${given(name)}: the database was changed outside Keysmith. Restore a backup.`,
      { field: 'operator' },
    );
  throw name === undefined
    ? new KeysmithError(
        'OPERATOR_REQUIRED',
        `This installation has several operators: ${names}. Say which one you are with --operator or KEYSMITH_OPERATOR.`,
        { field: 'operator' },
      )
    : new KeysmithError(
        'OPERATOR_NOT_FOUND',
        `There is no operator ${given(name)}. Operators of this installation are ${names}.`,
        { field: 'operator' },
      );
}

export interface Unlocked {
  readonly secrets: Secrets;
  readonly operator: ClosedOperator;
  /** The tries before this one. */
  readonly failed: Attempts;
  /** The passphrase, where it has to be stretched anew; null: it has not. */
  readonly renewWith: string | null;
}

/**
 * Opens an installation whose lock is on. Each try is counted before it is made; wrong ones are slowed down, across
 * restarts, and written into the log by the next that succeeds ({@link Attempts}): while it is locked, nobody can
 * write there.
 *
 * @throws OPERATOR_REQUIRED, OPERATOR_NOT_FOUND, PASSPHRASE_REQUIRED, PASSPHRASE_WRONG, UNLOCK_TOO_SOON, TAMPERED,
 *   VAULT_*, STORE_*
 */
export async function unlockOperator(
  ports: InstallationPorts,
  db: Database,
  installation: ClosedInstallation,
): Promise<Unlocked> {
  const operator = chooseOperator(closedOperators(db), ports.operator);
  const wrapping = parseWrapping(operator.wrapping);
  const { wrappedKey } = operator;
  if (!wrapping || !wrappedKey || wrapping.generation !== installation.generation) {
    throw new KeysmithError(
      'TAMPERED',
      `What ${operator.name} opens the installation with was changed outside Keysmith. Another owner can remove this operator and add one of another name; otherwise restore a backup.`,
      { field: 'operator' },
    );
  }
  // Before anybody is asked for a passphrase in vain.
  const part = installation.vault === 'keychain' ? await openVault(ports, installation) : Buffer.alloc(0);
  refuseTooSoon(operator.name, currentWait(db, operator.ref, ports.clock()));
  const passphrase = await ports.passphrase(operator.name);
  const failed = takeAttempt(db, operator.ref, ports.clock());
  refuseTooSoon(operator.name, waitingTime(failed, ports.clock()));
  const salt = Buffer.from(wrapping.salt, 'base64url');
  const stretched = await stretch(passphrase, { salt, logN: wrapping.log_n });
  const secrets = unwrap({ name: operator.name, wrappedKey }, installation.generation, stretched, part);
  stretched.bytes.fill(0);
  requireAsBefore(db, installation, operator);
  if (secrets) return { secrets, operator, failed, renewWith: wrapping.renew ? passphrase : null };
  const wait = unlockWait(db, operator, ports.clock());
  throw new KeysmithError(
    'PASSPHRASE_WRONG',
    `This is not the passphrase of ${operator.name}. Nothing was changed; ${wait > 0 ? `wait ${wait} seconds before the next try` : 'try again'}.`,
    { field: 'passphrase' },
  );
}

/** SECURITY: who was removed, or given another passphrase, while the old one was typed does not come in with it. */
function requireAsBefore(db: Database, installation: ClosedInstallation, operator: ClosedOperator): void {
  const now = closedOperators(db).find(({ ref }) => ref === operator.ref);
  const { generation } = readClosed(db);
  if (generation === installation.generation && now?.wrapping === operator.wrapping) return;
  throw new KeysmithError(
    'LOCKED',
    'Who can open this installation changed meanwhile. Nothing was opened; try again.',
  );
}

/** @throws UNLOCK_TOO_SOON */
export function refuseTooSoon(name: string, wait: number): void {
  if (wait === 0) return;
  throw new KeysmithError(
    'UNLOCK_TOO_SOON',
    `There were several wrong passphrases for ${name}. The next try is possible in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`,
    { field: 'passphrase' },
  );
}
