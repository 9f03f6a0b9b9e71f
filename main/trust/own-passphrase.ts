import { KeysmithError } from '../keys/errors.ts';
import type { Operator } from '../keys/operator.ts';
import { clearAttempts, currentWait, takeAttempt, waitingTime } from '../store/unlock-attempts.ts';
import { recordFailedUnlocks } from './record-failed-unlocks.ts';
import { forgetSecrets } from './secrets.ts';
import type { InstallationPorts, Session } from './session.ts';
import { refuseTooSoon } from './unlock.ts';
import { parseWrapping, stretch, unwrap, type Wrapping } from './wrapping.ts';

/** The operator of a session, with how the secrets are wrapped for them. @throws TAMPERED */
export function requireWrapping({ store, actor }: Pick<Session, 'store' | 'actor'>): {
  readonly operator: Operator & { readonly wrappedKey: Buffer };
  readonly wrapping: Wrapping;
} {
  const operator = store.operators().find(({ name }) => name === actor.name);
  const wrapping = parseWrapping(operator?.wrapping ?? null);
  if (operator?.wrappedKey && wrapping && !operator.tampered) {
    return { operator: { ...operator, wrappedKey: operator.wrappedKey }, wrapping };
  }
  throw new KeysmithError(
    'TAMPERED',
    `What ${actor.name} opens the installation with was changed outside Keysmith. Run "keysmith audit verify".`,
    { field: 'operator' },
  );
}

/**
 * Asks whoever sits there to prove that they are the operator of the session. Wrong tries before it are written down.
 *
 * @throws PASSPHRASE_WRONG, UNLOCK_TOO_SOON, TAMPERED, STORE_*
 */
export async function requireOwnPassphrase(
  session: Session,
  ports: InstallationPorts,
  passphrase: string,
): Promise<void> {
  const { operator, wrapping } = requireWrapping(session);
  const { db } = session.store.connection;
  refuseTooSoon(operator.name, currentWait(db, operator.ref, ports.clock()));
  const failed = takeAttempt(db, operator.ref, ports.clock());
  refuseTooSoon(operator.name, waitingTime(failed, ports.clock()));
  const salt = Buffer.from(wrapping.salt, 'base64url');
  const stretched = await stretch(passphrase, { salt, logN: wrapping.log_n });
  const part = session.secrets.part ?? Buffer.alloc(0);
  const opened = unwrap(operator, session.generation, stretched, part);
  stretched.bytes.fill(0);
  if (opened) {
    forgetSecrets(opened);
    recordFailedUnlocks(session, failed);
    return clearAttempts(db, operator.ref);
  }
  throw new KeysmithError(
    'PASSPHRASE_WRONG',
    `This is not the passphrase of ${operator.name}. Nothing was changed; try again.`,
    { field: 'passphrase' },
  );
}
