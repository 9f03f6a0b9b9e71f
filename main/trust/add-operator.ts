import { given, KeysmithError } from '../keys/errors.ts';
import type { OperatorRole } from '../keys/operator.ts';
import type { Reader } from '../keys/ports.ts';
import { requireRight } from '../keys/rights.ts';
import { fold, parseName } from '../keys/text.ts';
import { asTheyAre } from './begin-generation.ts';
import { requireStrongPassphrase } from './passphrase-strength.ts';
import type { InstallationPorts, Session } from './session.ts';
import { startGeneration } from './start-generation.ts';
import { stretch, wrapFor } from './wrapping.ts';

export interface AddOperatorRequest {
  readonly name: string;
  readonly role: OperatorRole;
  /** What the new operator opens the installation with; can be changed by them afterwards. */
  readonly passphrase: string;
  /** The owner's own, chosen now: needed while the lock is off, for the second operator switches it on. */
  readonly ownPassphrase?: string | undefined;
}

/**
 * Adds an operator. Names are compared like those of keys, and that of a removed operator is never given again.
 *
 * @returns the session that goes on: another one where this switched the lock on
 * @throws NOT_ALLOWED, NAME_INVALID, OPERATOR_EXISTS, PASSPHRASE_REQUIRED, PASSPHRASE_WEAK, OPERATOR_CHANGED,
 *   TAMPERED, VAULT_*, STORE_*
 */
export async function addOperator(
  session: Session,
  ports: InstallationPorts,
  request: AddOperatorRequest,
): Promise<Session> {
  const { store, actor, secrets } = session;
  requireRight(actor, 'operator.create');
  const name = parseName(request.name);
  requireFreeName(store, name);
  const installation = store.installation();
  await requireStrongPassphrase(request.passphrase, [name, installation.name]);
  if (!installation.lockEnabled) return addSecond(session, ports, { ...request, name });

  if (installation.tampered) {
    throw new KeysmithError(
      'TAMPERED',
      'The installation was changed outside Keysmith. Nothing was changed; run "keysmith audit verify" and restore a backup.',
    );
  }
  const stretched = await stretch(request.passphrase, { logN: ports.scryptLogN });
  const wrapped = await wrapFor({ name, role: request.role }, secrets, stretched, {
    generation: session.generation,
    part: secrets.part ?? Buffer.alloc(0),
  });
  store.change(actor, ports.clock, (tx, now) => {
    requireFreeName(tx, name);
    const stamp = tx.record({
      action: 'operator.create',
      subject: { kind: 'operator', id: name },
      before: null,
      after: { role: request.role },
    });
    tx.addOperator({ name, role: request.role, removed: false, createdAt: now, ...wrapped }, stamp);
  });
  return session;
}

/** With a second operator only passphrases tell who works here: the lock goes on. */
async function addSecond(
  session: Session,
  ports: InstallationPorts,
  { name, role, passphrase, ownPassphrase }: AddOperatorRequest,
): Promise<Session> {
  const { actor, store } = session;
  if (ownPassphrase === undefined) {
    throw new KeysmithError(
      'PASSPHRASE_REQUIRED',
      `With a second operator everybody opens Keysmith with a passphrase. Choose one for yourself (${actor.name}) as well.`,
      { field: 'own-passphrase' },
    );
  }
  await requireStrongPassphrase(ownPassphrase, [actor.name, store.installation().name], 'own-passphrase');
  const { scryptLogN: logN } = ports;
  return startGeneration(session, ports, {
    action: 'installation.lock-on',
    lockEnabled: true,
    operators: [...asTheyAre(session), { name, role, removed: false, row: undefined }],
    stretched: new Map([
      [actor.name, await stretch(ownPassphrase, { logN })],
      [name, await stretch(passphrase, { logN })],
    ]),
  });
}

function requireFreeName(reader: Reader, name: string): void {
  const holder = reader.operators().find(operator => fold(operator.name) === fold(name));
  if (!holder) return;
  throw new KeysmithError(
    'OPERATOR_EXISTS',
    `${given(name)} ${holder.removed ? 'was an operator once; that name is not given again, for the log names people by it' : 'is an operator already'}. Choose another name.`,
    { field: 'name' },
  );
}
