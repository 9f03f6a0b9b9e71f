import type { KeyField } from '../../preload/contract.ts';

/** What the columns of an inventory are called on the screen; in the file they have their own names. */
export const FIELD_TITLES: Readonly<Record<KeyField, string>> = {
  id: 'Key ID',
  name: 'Name',
  description: 'Description',
  owner: 'Owner',
  service: 'Service',
  kind: 'Kind',
  format: 'Format',
  status: 'Status',
  permissions: 'Permissions',
  roles: 'Roles',
  allowed_ips: 'Allowed IPs',
  created_at: 'Created',
  created_by: 'Created by',
  expires_at: 'Expires',
  rotated_at: 'Rotated',
  revoked_at: 'Revoked',
  revoke_reason: 'Reason',
  hint: 'Hint',
};
