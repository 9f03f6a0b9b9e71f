import type { AuditEntryView, SubjectKind } from '../../preload/contract.ts';
import { shortKid } from '../signing-keys/signing-key-words.ts';

export const KIND_WORDS: Readonly<Record<SubjectKind, string>> = {
  installation: 'Installation',
  operator: 'Operator',
  service: 'Service',
  catalog: 'Catalog',
  key: 'Key',
  'signing-key': 'Signing key',
  'status-list': 'Status list',
  bundle: 'Bundle',
  'key-import': 'Bulk issue',
};

/** What a subject is called in a row. */
export function subjectText({ kind, id, name }: AuditEntryView['subject']): string {
  return name ?? (kind === 'signing-key' ? shortKid(id) : id);
}
