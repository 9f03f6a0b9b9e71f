import type { AuditAction, HistoryEntry } from '../../preload/contract.ts';
import { cutText, fieldWord, isRecord, valueText } from '../ui/member-words.ts';

const ACTIONS: Readonly<Record<Extract<AuditAction, `key.${string}`>, string>> = {
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
  'key.reveal': 'Secret handed out',
};

/** How a new secret was handed out. */
const WAYS: Readonly<Record<string, string>> = {
  shown: 'Secret shown',
  copied: 'Secret copied',
  saved: 'Secret saved to a file',
};

/** What an audit action is called in a key's history. */
export function actionWord({
  action,
  before,
  after,
}: Pick<HistoryEntry, 'action' | 'before' | 'after'>): string {
  // A secret that nobody kept was replaced: nothing that worked was rotated.
  if (action === 'key.rotate' && isRecord(before) && before.saved_at === null) return 'New secret';
  const way = action === 'key.reveal' && isRecord(after) ? WAYS[String(after.how)] : undefined;
  const words = action.replace(/^key\./, '').replaceAll('-', ' ');
  const known: Readonly<Record<string, string>> = ACTIONS;
  return way ?? known[action] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
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

/** What an entry changed, as far as it is not said by its action; nothing for what made the key. */
export function changesOf({ before, after }: HistoryEntry): readonly Change[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  return Object.keys(after)
    .filter(member => !SILENT.has(member))
    .map(member => ({
      field: fieldWord(member),
      ...(member === 'allowed_ips'
        ? ipsChange(before[member], after[member])
        : {
            before: member in before ? shown(member, before[member]) : null,
            after: shown(member, after[member]),
          }),
    }));
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

function shown(member: string, value: unknown): string {
  return cut(valueText(member, value));
}

function cut(text: string): string {
  return cutText(text, LONGEST);
}
