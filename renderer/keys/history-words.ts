import type { HistoryEntry } from '../../preload/contract.ts';
import { formatDateTime } from '../ui/dates.ts';

const ACTIONS: Readonly<Record<string, string>> = {
  'key.create': 'Created',
  'key.edit': 'Edited',
  'key.rename': 'Renamed',
  'key.revoke': 'Revoked',
  'key.remove': 'Removed',
  'key.saved': 'Marked as saved',
  'key.rotate': 'New secret',
};

/** What an audit action is called on the screen. */
export function actionWord(action: string): string {
  const words = action.replace(/^key\./, '').replaceAll('-', ' ');
  return ACTIONS[action] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Members that the action itself says already. */
const SILENT: ReadonlySet<string> = new Set(['saved_at', 'revoked_at', 'hint', 'status', 'rotated_at']);
const LONGEST = 120;

/** What an entry changed, as far as it is not said by its action; nothing for what made the key. */
export function changesOf({ before, after }: HistoryEntry): readonly Change[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  return Object.keys(after)
    .filter(member => !SILENT.has(member))
    .map(member => ({
      field: fieldWord(member),
      before: shown(member, before[member]),
      after: shown(member, after[member]),
    }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldWord(member: string): string {
  const words = member.replace(/_at$/, '').replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function shown(member: string, value: unknown): string {
  if (member.endsWith('_at')) return typeof value === 'number' ? formatDateTime(value) : 'never';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : cut(value.map(String).join(', '));
  if (value === null || value === undefined || value === '') return 'none';
  return cut(typeof value === 'string' ? value : JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
