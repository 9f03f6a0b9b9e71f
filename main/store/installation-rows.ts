import type { Ref } from '../keys/ids.ts';
import type { Installation, VaultKind } from '../keys/installation.ts';
import type { Operator, OperatorRole } from '../keys/operator.ts';
import type { Draft } from '../keys/ports.ts';
import { fold } from '../keys/text.ts';
import type { SealedRow } from './connection.ts';
import type { Row } from './seals.ts';

export function rowToInstallation(row: SealedRow): Installation {
  return {
    ref: row.ref as Ref,
    id: row.id as string,
    name: row.name as string,
    createdAt: row.created_at as number,
    vault: row.vault as VaultKind,
    keyCheck: row.key_check as Buffer,
    lockEnabled: row.lock_enabled === 1,
    generation: row.wrapping_generation as number,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

export function installationToRow(installation: Draft<Installation>, ref: Ref): Row {
  return {
    ref,
    id: installation.id,
    name: installation.name,
    created_at: installation.createdAt,
    vault: installation.vault,
    key_check: installation.keyCheck,
    lock_enabled: installation.lockEnabled ? 1 : 0,
    wrapping_generation: installation.generation,
  };
}

export function rowToOperator(row: SealedRow): Operator {
  return {
    ref: row.ref as Ref,
    name: row.name as string,
    role: row.role as OperatorRole,
    removed: row.removed === 1,
    createdAt: row.created_at as number,
    wrappedKey: row.wrapped_key as Buffer | null,
    wrapping: row.wrapping as string | null,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

export function operatorToRow(operator: Draft<Operator>, ref: Ref): Row {
  return {
    ref,
    name: operator.name,
    name_fold: fold(operator.name),
    role: operator.role,
    removed: operator.removed ? 1 : 0,
    created_at: operator.createdAt,
    wrapped_key: operator.wrappedKey,
    wrapping: operator.wrapping,
  };
}
