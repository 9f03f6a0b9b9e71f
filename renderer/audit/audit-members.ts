import type { AuditEntryView } from '../../preload/contract.ts';
import { cutText, fieldWord, valueText } from '../ui/member-words.ts';

/** Longer values are cut: a page of a thousand addresses helps nobody. */
const LONGEST = 2000;

export interface AuditMember {
  readonly member: string;
  readonly field: string;
  /** Null where the entry says nothing of it. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What an entry says of before and after, member by member, in its own order. */
export function membersOf({
  before,
  after,
}: Pick<AuditEntryView, 'before' | 'after'>): readonly AuditMember[] {
  const members = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})]);
  const text = (of: AuditEntryView['after'], member: string) =>
    of !== null && member in of ? cutText(valueText(member, of[member]), LONGEST) : null;
  return [...members].map(member => ({
    member,
    field: fieldWord(member),
    before: text(before, member),
    after: text(after, member),
  }));
}
