import { rolesText } from '../../preload/contract.ts';
import { formatDateTime } from './dates.ts';

const FIELDS: Readonly<Record<string, string>> = {
  allowed_ips: 'Allowed IPs',
  grace_until: 'Old secret valid until',
};

/** A member of an audit entry as a label: `expires_at` is *Expires*. */
export function fieldWord(member: string): string {
  const words = member.replace(/_at$/, '').replaceAll('_', ' ');
  return FIELDS[member] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** A member's value as text, however long. */
export function valueText(member: string, value: unknown): string {
  if (member === 'grace_until') return typeof value === 'number' ? formatDateTime(value) : 'the rotation';
  if (member.endsWith('_at')) return typeof value === 'number' ? formatDateTime(value) : 'never';
  if (member === 'roles' && Array.isArray(value) && value.length > 0) return rolesText(rolesOf(value));
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(itemText).join(', ');
  if (value === null || value === undefined || value === '') return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function cutText(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function itemText(value: unknown): string {
  return isRecord(value) ? JSON.stringify(value) : String(value);
}

/** Roles as the audit log keeps them. */
const rolesOf = (value: readonly unknown[]) =>
  value.filter(isRecord).map(({ role, accounts }) => ({
    role: String(role),
    accounts: Array.isArray(accounts) ? accounts.map(String) : accounts === '*' ? ('*' as const) : null,
  }));
