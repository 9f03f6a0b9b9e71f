import { type AllowedIps, MAX_ALLOWED_IPS, type Policy, parseAllowedIps } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import { fieldRule } from '../ui/field-rule.ts';

/** Allowed IPs as the form holds them. */
export interface IpValue {
  /** In the order in which they were given: canonical where they can be read, as typed where they cannot. */
  readonly entries: readonly string[];
  /** What stands in the field and is no entry yet. */
  readonly draft: string;
}

export interface AddedIps {
  readonly entries: readonly string[];
  /** What was left out because another entry covers it. */
  readonly covered: AllowedIps['covered'];
}

/** Beyond this, not even tags are made of a paste; up to it, the admin sees what has to go. */
const TOO_MANY = 3 * MAX_ALLOWED_IPS;
const SEPARATORS = /[\s,]+/;
const judge = fieldRule(parseAllowedIps);
const parts = (text: string) => text.split(SEPARATORS).filter(Boolean);

/** Why one entry cannot be taken, in main's words; null when it can. */
export function ipProblem(entry: string): string | null {
  return judge(entry);
}

/**
 * Puts what was typed or pasted behind the entries; what is covered by another entry is left out.
 *
 * @returns null for so many that it cannot be a list of addresses for a key
 */
export function addIps(before: readonly string[], text: string): AddedIps | null {
  const added = parts(text);
  if (added.length > TOO_MANY) return null;
  const given = [...before, ...added].map(entry =>
    ipProblem(entry) === null ? { entry: canonical(entry), fits: true } : { entry, fits: false },
  );
  const wrong = given.flatMap(({ entry, fits }) => (fits ? [] : [entry]));
  const fitting = given.flatMap(({ entry, fits }) => (fits ? [entry] : []));
  const { entries, covered } = merge(fitting);
  const kept = new Set([...entries, ...wrong]);
  return { entries: [...new Set(given.map(({ entry }) => entry))].filter(entry => kept.has(entry)), covered };
}

/** More than a key may have are all kept: the admin decides which have to go. */
function merge(entries: readonly string[]): AddedIps {
  try {
    return parseAllowedIps(entries.join(' '));
  } catch {
    return { entries, covered: [] };
  }
}

function canonical(entry: string): string {
  return parseAllowedIps(entry).entries[0] ?? entry;
}

/** The entries as the contract takes them, with what is still in the field. */
export function toAllowedIps({ entries, draft }: IpValue): string {
  return [...entries, ...parts(draft)].join(' ');
}

/** Why the whole list cannot be taken; null when it can. */
export function ipsProblem(value: IpValue): string | null {
  return judge(toAllowedIps(value));
}

/** Whether two lists are of the same entries, in whatever order. */
export function sameIps(value: IpValue, held: readonly string[]): boolean {
  const now = parts(toAllowedIps(value));
  return now.length === held.length && [...now].sort().join(' ') === [...held].sort().join(' ');
}

const TOLD = 3;

/** What was left out, in sentences. */
export function coveredSentences(covered: AllowedIps['covered']): string {
  const told = covered
    .slice(0, TOLD)
    .map(({ entry, by }) =>
      entry === by
        ? `${entry} was given twice and is kept once.`
        : `${entry} is within ${by} and was left out.`,
    );
  const more = covered.length - told.length;
  if (more > 0)
    told.push(`So ${more === 1 ? 'was 1 more entry' : `were ${formatCount(more)} more entries`}.`);
  return told.join(' ');
}

/** Whether the form has the field: where the policy uses it, and for a key that has entries from before. */
export function usesIps(policy: Policy, held: readonly string[] = []): boolean {
  return policy.allowed_ips || held.length > 0;
}
