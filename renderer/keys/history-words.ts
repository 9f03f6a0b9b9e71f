import { type HistoryEntry, rolesText } from '../../preload/contract.ts';
import { formatDateTime } from '../ui/dates.ts';

const ACTIONS: Readonly<Record<string, string>> = {
  'key.create': 'Created',
  'key.edit': 'Edited',
  'key.rename': 'Renamed',
  'key.revoke': 'Revoked',
  'key.remove': 'Removed',
  'key.saved': 'Marked as saved',
  'key.rotate': 'Rotated',
  'key.reissue': 'Token reissued',
  'key.end-grace': 'Grace period ended',
  'key.disable': 'Disabled',
  'key.enable': 'Enabled',
  'key.copy': 'Copied',
};

/** What an audit action is called on the screen. */
export function actionWord({ action, before }: Pick<HistoryEntry, 'action' | 'before'>): string {
  // A secret that nobody kept was replaced: nothing that worked was rotated.
  if (action === 'key.rotate' && isRecord(before) && before.saved_at === null) return 'New secret';
  const words = action.replace(/^key\./, '').replaceAll('-', ' ');
  return ACTIONS[action] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export interface Change {
  readonly field: string;
  /** Null where there was nothing to tell of before. */
  readonly before: string | null;
  readonly after: string;
}

/** Members that the action itself says already. */
const SILENT: ReadonlySet<string> = new Set(['saved_at', 'revoked_at', 'hint', 'status', 'rotated_at']);
const LONGEST = 120;
/** So many addresses are told before and after. */
const FEW = 8;

const FIELDS: Readonly<Record<string, string>> = {
  allowed_ips: 'Allowed IPs',
  grace_until: 'Old secret valid until',
};

/** What an entry changed, as far as it is not said by its action; nothing for what made the key. */
export function changesOf({ before, after }: HistoryEntry): readonly Change[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  return Object.keys(after)
    .filter(member => !SILENT.has(member))
    .map(member => ({
      field: FIELDS[member] ?? fieldWord(member),
      ...(member === 'allowed_ips'
        ? ipsChange(before[member], after[member])
        : {
            before: member in before ? shown(member, before[member]) : null,
            after: shown(member, after[member]),
          }),
    }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Addresses can be many: then an entry says how many there were, what came and what went. */
function ipsChange(before: unknown, after: unknown): Omit<Change, 'field'> {
  const had = Array.isArray(before) ? before.map(String) : [];
  const has = Array.isArray(after) ? after.map(String) : [];
  if (had.length + has.length <= FEW) return { before: ipsWord(had), after: ipsWord(has) };
  const [old, now] = [new Set(had), new Set(has)];
  const part = (word: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : [`${word} ${entries.length}: ${entries.join(', ')}`];
  const parts = [
    ...part(
      'added',
      has.filter(entry => !old.has(entry)),
    ),
    ...part(
      'removed',
      had.filter(entry => !now.has(entry)),
    ),
  ];
  return { before: `${had.length} entries`, after: cut(`${has.length} entries; ${parts.join('; ')}`) };
}

function ipsWord(entries: readonly string[]): string {
  return entries.length === 0 ? 'every address' : cut(entries.join(', '));
}

function fieldWord(member: string): string {
  const words = member.replace(/_at$/, '').replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Roles as the audit log keeps them. */
const rolesOf = (value: readonly unknown[]) =>
  value.filter(isRecord).map(({ role, accounts }) => ({
    role: String(role),
    accounts: Array.isArray(accounts) ? accounts.map(String) : accounts === '*' ? ('*' as const) : null,
  }));

function shown(member: string, value: unknown): string {
  if (member === 'grace_until') return typeof value === 'number' ? formatDateTime(value) : 'the rotation';
  if (member.endsWith('_at')) return typeof value === 'number' ? formatDateTime(value) : 'never';
  if (member === 'roles' && Array.isArray(value) && value.length > 0) return cut(rolesText(rolesOf(value)));
  if (Array.isArray(value)) return value.length === 0 ? 'none' : cut(value.map(String).join(', '));
  if (value === null || value === undefined || value === '') return 'none';
  return cut(typeof value === 'string' ? value : JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
