import { given, KeysmithError } from '../keys/errors.ts';
import type { OperatorRole } from '../keys/operator.ts';
import { requireRight } from '../keys/rights.ts';
import { asTheyAre, type NextOperator } from './begin-generation.ts';
import type { InstallationPorts, Session } from './session.ts';
import { startGeneration } from './start-generation.ts';

/**
 * Gives an operator another role, in a new wrapping generation: what the old role opened, old copies open no more.
 *
 * @returns the session that goes on
 * @throws NOT_ALLOWED, OPERATOR_NOT_FOUND, OPERATOR_LAST_OWNER, LOCK_STATE, OPERATOR_CHANGED, TAMPERED, VAULT_*, STORE_*
 */
export function editOperator(
  session: Session,
  ports: InstallationPorts,
  { name, role }: { readonly name: string; readonly role: OperatorRole },
): Promise<Session> {
  requireRight(session.actor, 'operator.edit');
  return changeOne(session, ports, name, operator => ({ ...operator, role }));
}

/**
 * Removes an operator, in a new wrapping generation: nothing that they have opens the installation any more.
 *
 * @returns the session that goes on
 * @throws NOT_ALLOWED, OPERATOR_NOT_FOUND, OPERATOR_LAST_OWNER, LOCK_STATE, OPERATOR_CHANGED, TAMPERED, VAULT_*, STORE_*
 */
export function removeOperator(
  session: Session,
  ports: InstallationPorts,
  { name }: { readonly name: string },
): Promise<Session> {
  requireRight(session.actor, 'operator.remove');
  return changeOne(session, ports, name, operator => ({ ...operator, removed: true }));
}

async function changeOne(
  session: Session,
  ports: InstallationPorts,
  name: string,
  change: (operator: NextOperator) => NextOperator,
): Promise<Session> {
  const before = asTheyAre(session);
  const operator = before.find(each => each.name === name && !each.removed);
  if (!operator) {
    throw new KeysmithError(
      'OPERATOR_NOT_FOUND',
      `There is no operator ${given(name)}. Operators are ${before
        .filter(({ removed }) => !removed)
        .map(each => each.name)
        .join(', ')}.`,
      { field: 'name' },
    );
  }
  const changed = change(operator);
  if (changed.role === operator.role && !changed.removed) return session;
  const operators = before.map(each => (each === operator ? changed : each));
  if (!operators.some(({ role, removed }) => role === 'owner' && !removed)) {
    throw new KeysmithError(
      'OPERATOR_LAST_OWNER',
      `${name} is the last owner, and somebody has to be. Make another operator owner first; nothing was changed.`,
      { field: 'name' },
    );
  }
  return startGeneration(session, ports, {
    action: 'installation.rewrap',
    lockEnabled: true,
    operators,
    stretched: new Map(),
  });
}
