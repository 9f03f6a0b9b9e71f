import type { Ref, Seconds } from './ids.ts';

export type SubjectKind =
  | 'installation'
  | 'operator'
  | 'service'
  | 'catalog'
  | 'key'
  | 'signing-key'
  | 'status-list'
  | 'bundle'
  | 'key-import';

export const AUDIT_ACTIONS = [
  'installation.create',
  'installation.move-vault',
  'installation.change-passphrase',
  'installation.accept-clock',
  'installation.lock-on',
  'installation.lock-off',
  'installation.rewrap',
  'installation.backup',
  'installation.restore',
  'operator.create',
  'operator.edit',
  'operator.remove',
  'operator.rewrap',
  'operator.change-passphrase',
  'operator.failed-unlock',
  'service.create',
  'service.edit',
  'catalog.add',
  'catalog.edit',
  'catalog.remove',
  'key.create',
  'key.edit',
  'key.rename',
  'key.rotate',
  'key.reissue',
  'key.end-grace',
  'key.disable',
  'key.enable',
  'key.copy',
  'key.reveal',
  'key.revoke',
  'key.remove',
  'key.saved',
  'key-import.begin',
  'key-import.batch',
  'key-import.seal',
  'key-import.end',
  'signing-key.create',
  'signing-key.rotate',
  'signing-key.compromise',
  'signing-key.retire',
  'signing-key.rewrap',
  'status-list.create',
  'status-list.full',
  'status-list.close',
  'bundle.export',
  'inventory.sign',
  'audit.sign',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

/** One line of the audit log. `before` and `after` hold what changed, never a secret. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: Seconds;
  /** The operator's name. */
  readonly actor: string;
  readonly action: AuditAction;
  readonly subject: { readonly kind: SubjectKind; readonly ref: Ref; readonly id: string };
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** An entry with its place in the chain. */
export interface ChainedEntry extends AuditEntry {
  /** HMAC over the entry and the MAC of the one before. */
  readonly mac: Buffer;
}

/** The newest entry of the log: what is saved outside the database, so that a truncated log is noticed. */
export interface AuditHead {
  readonly seq: number;
  readonly mac: Buffer;
}

/** Keeps of two versions only the members that differ, so that an entry says what changed. */
export function difference(
  before: JsonObject,
  after: JsonObject,
): { before: JsonObject; after: JsonObject } | undefined {
  const changed = Object.keys(after).filter(
    member => JSON.stringify(before[member]) !== JSON.stringify(after[member]),
  );
  if (changed.length === 0) return undefined;
  const pick = (from: JsonObject) =>
    Object.fromEntries(changed.map(member => [member, from[member] ?? null]));
  return { before: pick(before), after: pick(after) };
}
