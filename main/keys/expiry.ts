import { given, KeysmithError } from './errors.ts';
import type { Seconds } from './ids.ts';
import type { Policy } from './policy.ts';

/** A calendar duration: months are counted on the UTC calendar, days are of 86,400 seconds. */
export interface Duration {
  readonly months: number;
  readonly seconds: number;
}

const DAY = 86_400;
/** 31 December 9999, 23:59:59 UTC: years have four digits in every format that Keysmith writes. */
const LAST_SECOND = 253_402_300_799;
const ISO_DURATION =
  /^P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;
const SHORT_DURATION = /^(\d{1,7})([smhdw])$/;
const SHORT_UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: DAY, w: 7 * DAY };
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;

/** What `--expires` and the forms accept, in the words of an error message. */
const EXPIRY_FORMS =
  'Allowed are a duration (P6M, P1Y, 90d, 12h), a date (2027-01-31, its end in UTC), a date with time (2027-01-31T12:00:00Z) or never';

/** Reads an ISO 8601 duration (`P6M`, `P1Y`, `PT12H`) or a short one (`90d`, `24h`); `undefined` if it is neither or zero. */
export function parseDuration(text: string): Duration | undefined {
  const short = SHORT_DURATION.exec(text);
  if (short) {
    const seconds = Number(short[1]) * (SHORT_UNITS[short[2] ?? ''] ?? 0);
    return seconds > 0 ? { months: 0, seconds } : undefined;
  }
  const iso = ISO_DURATION.exec(text);
  if (!iso) return undefined;
  const [years, months, weeks, days, hours, minutes, secs] = iso.slice(1).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const duration = {
    months: years * 12 + months,
    seconds: (weeks * 7 + days) * DAY + hours * 3600 + minutes * 60 + secs,
  };
  return duration.months + duration.seconds > 0 ? duration : undefined;
}

/** Adds a duration on the UTC calendar; a day that the target month does not have becomes its last day. */
export function addDuration(from: Seconds, duration: Duration): Seconds {
  const start = new Date(from * 1000);
  const moved = new Date(start);
  moved.setUTCMonth(start.getUTCMonth() + duration.months);
  if (moved.getUTCDate() !== start.getUTCDate()) moved.setUTCDate(0);
  return Math.floor(moved.getTime() / 1000) + duration.seconds;
}

/** The last second of the UTC day that `at` lies in. */
export function endOfDay(at: Seconds): Seconds {
  return Math.floor(at / DAY) * DAY + DAY - 1;
}

/** RFC 3339 in UTC, whole seconds, as in CSV and messages. */
export function formatTime(at: Seconds): string {
  const time = new Date(at * 1000);
  // A row that was edited by hand may hold any number; it must not stop the list that shows it as tampered.
  return Number.isNaN(time.getTime()) ? 'no valid time' : `${time.toISOString().slice(0, -'.000Z'.length)}Z`;
}

/**
 * Reads an expiry as an admin writes it.
 *
 * @param text a duration from now, a date (meaning its end, UTC), a date with time and zone, or `never`
 * @returns seconds since the epoch, or null for never
 * @throws EXPIRY_INVALID, EXPIRY_TOO_FAR
 */
export function parseExpiry(text: string, now: Seconds): Seconds | null {
  if (text === 'never') return null;
  const duration = parseDuration(text);
  const at = duration ? addDuration(now, duration) : parseMoment(text);
  if (at === undefined || Number.isNaN(at)) {
    throw new KeysmithError('EXPIRY_INVALID', `The expiry ${given(text)} cannot be read. ${EXPIRY_FORMS}.`, {
      field: 'expires',
    });
  }
  if (at > LAST_SECOND) {
    throw new KeysmithError(
      'EXPIRY_TOO_FAR',
      `The expiry ${given(text)} is too far. Allowed are dates up to the year 9999.`,
      {
        field: 'expires',
      },
    );
  }
  return at;
}

/** Reads a date (its end, UTC) or a date with time and zone; undefined when it is neither. */
export function parseMoment(text: string): Seconds | undefined {
  const isDate = DATE.test(text);
  if (!isDate && !DATE_TIME.test(text)) return undefined;
  const ms = Date.parse(isDate ? `${text}T23:59:59Z` : text);
  // Date.parse lets 31 February roll over into March; what is written must be a day of the calendar.
  if (
    Number.isNaN(ms) ||
    new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)).toISOString().slice(0, 10) !== text.slice(0, 10)
  ) {
    return undefined;
  }
  return Math.floor(ms / 1000);
}

/** The furthest expiry a policy allows now: the same date, to its end. Null: no limit. */
export function latestExpiry(policy: Policy, now: Seconds): Seconds | null {
  const max = policy.expiry.max === null ? undefined : parseDuration(policy.expiry.max);
  return max === undefined ? null : endOfDay(addDuration(now, max));
}

/**
 * The expiry a key gets under a policy.
 *
 * @param requested as {@link parseExpiry} reads it; `undefined` takes the policy's default
 * @throws EXPIRY_INVALID, EXPIRY_IN_PAST, EXPIRY_REQUIRED, EXPIRY_TOO_FAR
 */
export function resolveExpiry(requested: string | undefined, policy: Policy, now: Seconds): Seconds | null {
  const isFree = !policy.expiry.required && policy.expiry.max === null;
  const text = requested ?? policy.expiry.default ?? (isFree ? 'never' : undefined);
  const refuse = (code: 'EXPIRY_IN_PAST' | 'EXPIRY_REQUIRED', message: string): never => {
    throw new KeysmithError(code, message, { field: 'expires' });
  };
  if (text === undefined)
    return refuse(
      'EXPIRY_REQUIRED',
      `An expiry was not given, and this service requires one. ${EXPIRY_FORMS.replace(' or never', '')}.`,
    );
  const at = parseExpiry(text, now);
  if (at !== null && at <= now)
    return refuse(
      'EXPIRY_IN_PAST',
      `The expiry ${given(text)} is in the past (${formatTime(at)}). It must lie after now, ${formatTime(now)}.`,
    );
  requireWithin(at, policy, now, text);
  return at;
}

/**
 * @param at the expiry a key is to have
 * @param text what was asked for, where something was
 * @throws EXPIRY_REQUIRED, EXPIRY_TOO_FAR
 */
export function requireWithin(at: Seconds | null, policy: Policy, now: Seconds, text?: string): void {
  const latest = latestExpiry(policy, now);
  const refuse = (code: 'EXPIRY_REQUIRED' | 'EXPIRY_TOO_FAR', message: string): never => {
    throw new KeysmithError(code, message, { field: 'expires' });
  };
  if (at === null && policy.expiry.required) {
    refuse(
      'EXPIRY_REQUIRED',
      `The expiry "never" is not allowed: this service requires an expiry${latest === null ? '' : `, at the latest ${formatTime(latest)}`}.`,
    );
  }
  if (latest === null || (at !== null && at <= latest)) return;
  if (at === null) {
    refuse(
      'EXPIRY_TOO_FAR',
      `The expiry "never" is not allowed: this service allows at the latest ${formatTime(latest)}.`,
    );
  } else {
    refuse(
      'EXPIRY_TOO_FAR',
      `The expiry ${text === undefined ? '' : `${given(text)} `}is too far (${formatTime(at)}). This service allows at the latest ${formatTime(latest)}.`,
    );
  }
}
