import { OPERATOR_ROLES, type Operator, type OperatorRole } from './operator.ts';
import type { Writer } from './ports.ts';

/** An operator who has less to say, or nothing, since a backup was made. */
export interface StricterOperator {
  readonly operator: Operator;
  /** Null: removed. */
  readonly role: OperatorRole | null;
}

export interface OperatorPlan {
  readonly stricter: readonly StricterOperator[];
  /** An owner who stays one although removed or given another role later: there would be no owner left. */
  readonly keptOwner: Operator | null;
}

/** Operators who were removed or got a lesser role after a backup. */
export function planOperators(restored: readonly Operator[], later: readonly Operator[]): OperatorPlan {
  const intact = new Map(later.filter(({ tampered }) => !tampered).map(each => [each.name, each]));
  const stricter = restored
    .filter(({ removed }) => !removed)
    .flatMap((operator): StricterOperator[] => {
      const then = intact.get(operator.name);
      if (then?.removed) return [{ operator, role: null }];
      return then && rank(then.role) > rank(operator.role) ? [{ operator, role: then.role }] : [];
    });
  const owners = restored.filter(({ removed, role }) => !removed && role === 'owner');
  const [firstOwner = null] = owners;
  const isOwnerLeft = owners.some(owner => !stricter.some(({ operator }) => operator.ref === owner.ref));
  const keptOwner = isOwnerLeft ? null : firstOwner;
  return { stricter: stricter.filter(({ operator }) => operator.ref !== keptOwner?.ref), keptOwner };
}

export function restrictOperator(tx: Writer, { operator, role }: StricterOperator): void {
  const stamp = tx.record({
    action: role === null ? 'operator.remove' : 'operator.edit',
    subject: { kind: 'operator', id: operator.name, ref: operator.ref },
    before: { role: operator.role },
    after: role === null ? { removed: true } : { role },
  });
  const after =
    role === null ? { ...operator, removed: true, wrappedKey: null, wrapping: null } : { ...operator, role };
  tx.updateOperator(after, stamp);
}

function rank(role: OperatorRole): number {
  return OPERATOR_ROLES.indexOf(role);
}
