import { addDuration, type Policy, parseDuration, resolveExpiry } from '../../preload/contract.ts';
import { formatDate } from '../ui/dates.ts';

/** An expiry as the form holds it. */
export interface ExpiryValue {
  /** One of the service's choices, `never`, `custom`, or `keep` for the expiry a key has already. */
  readonly choice: string;
  readonly unit: 'days' | 'date';
  readonly days: number | string;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
}

const DAY = 86_400;

export function neverAllowed({ expiry }: Policy): boolean {
  return !expiry.required && expiry.max === null;
}

/** The service's choices that its own maximum allows now. */
export function allowedChoices(policy: Policy, now: number): readonly string[] {
  return policy.expiry.choices.filter(choice => {
    try {
      resolveExpiry(choice, policy, now);
      return true;
    } catch {
      return false;
    }
  });
}

/** `P6M` as people say it: 6 months. */
export function durationWords(text: string): string {
  const { months, seconds } = parseDuration(text) ?? { months: 0, seconds: 0 };
  const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`;
  const parts = [
    months >= 12 && count(Math.floor(months / 12), 'year'),
    months % 12 > 0 && count(months % 12, 'month'),
    seconds >= DAY && count(Math.floor(seconds / DAY), 'day'),
    seconds % DAY > 0 && count(Math.round((seconds % DAY) / 360) / 10, 'hour'),
  ];
  return parts.filter(part => part !== false).join(' and ') || text;
}

/** The expiry a new key starts with: what the policy says, else the first that it allows. */
export function firstExpiry(policy: Policy, now: number): ExpiryValue {
  const choices = allowedChoices(policy, now);
  const fallback = policy.expiry.default;
  if (fallback !== null && !choices.includes(fallback)) return customDays(fallback, now);
  const choice = fallback ?? (neverAllowed(policy) ? 'never' : choices[0]);
  return choice === undefined ? customDays('P30D', now) : { choice, unit: 'days', days: 30, date: null };
}

function customDays(duration: string, now: number): ExpiryValue {
  const length = parseDuration(duration);
  const days = length ? Math.max(1, Math.round((addDuration(now, length) - now) / DAY)) : 30;
  return { choice: 'custom', unit: 'days', days, date: null };
}

/** The expiry for a key that is to be like another: the same time to live. */
export function expiryLike(
  { createdAt, expiresAt }: { readonly createdAt: number; readonly expiresAt: number | null },
  policy: Policy,
  now: number,
): ExpiryValue {
  const first = firstExpiry(policy, now);
  if (expiresAt === null) return neverAllowed(policy) ? { ...first, choice: 'never' } : first;
  const choice = allowedChoices(policy, now).find(each => {
    const length = parseDuration(each);
    return length !== undefined && Math.abs(addDuration(createdAt, length) - expiresAt) < DAY;
  });
  if (choice !== undefined) return { ...first, choice };
  return {
    ...first,
    choice: 'custom',
    unit: 'days',
    days: Math.max(1, Math.round((expiresAt - createdAt) / DAY)),
  };
}

/** The expiry as the contract takes it; `undefined` leaves the one that a key has. */
export function toExpires({ choice, unit, days, date }: ExpiryValue): string | undefined {
  if (choice === 'keep') return undefined;
  if (choice !== 'custom') return choice;
  return unit === 'days' ? `${days}d` : (date ?? '');
}

/** Why an expiry cannot be taken; null when it can. */
export function expiryProblem(value: ExpiryValue, policy: Policy, now: number): string | null {
  if (value.choice === 'custom' && value.unit === 'days' && !/^[1-9]\d{0,6}$/.test(String(value.days)))
    return 'Give a whole number of days, 1 or more.';
  if (value.choice === 'custom' && value.unit === 'date' && value.date === null)
    return 'Give a date after today.';
  const expires = toExpires(value);
  if (expires === undefined) return null;
  try {
    resolveExpiry(expires, policy, now);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the policy forbids, as the line that says why it is not offered; null when it forbids nothing. */
export function expiryRule(policy: Policy, latest: number | null): string | null {
  const until = latest === null ? '' : `, at the latest on ${formatDate(latest)}`;
  if (policy.expiry.required) return `“Never” is not offered: this service requires an expiry${until}.`;
  return latest === null ? null : `“Never” is not offered: keys of this service expire${until}.`;
}
