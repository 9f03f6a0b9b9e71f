import type { Ref, Seconds } from './ids.ts';

export const OPERATOR_ROLES = ['owner', 'admin', 'manager', 'viewer'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** A person who uses Keysmith. The name never changes and is never given again. */
export interface Operator {
  readonly ref: Ref;
  readonly name: string;
  readonly role: OperatorRole;
  readonly removed: boolean;
  readonly createdAt: Seconds;
  /** The secrets, encrypted to the operator's passphrase; null while the lock is off, and once removed. */
  readonly wrappedKey: Buffer | null;
  /** How they were encrypted, as JSON. */
  readonly wrapping: string | null;
  readonly auditSeq: number;
  readonly tampered: boolean;
}

/** Who does a thing: an argument of every use case, its name written into every audit entry. */
export type Actor = Pick<Operator, 'name' | 'role'>;
