const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const SHORT_RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From which age on, and in which unit, an age is told. */
const STEPS: readonly (readonly [from: number, unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  [540 * DAY, 'year', 365.25 * DAY],
  [112 * DAY, 'month', 30.44 * DAY],
  [21 * DAY, 'week', 7 * DAY],
  [DAY, 'day', DAY],
  [HOUR, 'hour', HOUR],
  [MINUTE, 'minute', MINUTE],
  [0, 'second', 1],
];

/** A day in the user's locale, from seconds since the epoch. */
export function formatDate(at: number): string {
  return DATE.format(at * 1000);
}

/** A moment in the user's locale and zone, from seconds since the epoch. */
export function formatDateTime(at: number): string {
  return DATE_TIME.format(at * 1000);
}

/** The same, as short as a row needs it. */
export function formatMoment(at: number): string {
  return MOMENT.format(at * 1000);
}

/** `in 12 days`, `3 weeks ago`: how far `at` (seconds) lies from `now` (milliseconds). */
export function relativeAge(at: number, now: number): string {
  return age(at, now, RELATIVE);
}

/** The same, as short as a row needs it: `3 wk. ago`. */
export function shortAge(at: number, now: number): string {
  return age(at, now, SHORT_RELATIVE);
}

function age(at: number, now: number, format: Intl.RelativeTimeFormat): string {
  const distance = at - Math.floor(now / 1000);
  const far = Math.abs(distance);
  const [, unit, seconds] = STEPS.find(([from]) => far >= from) ?? ([0, 'second', 1] as const);
  return format.format(far < 10 ? 0 : Math.round(distance / seconds), unit);
}

const COUNT = new Intl.NumberFormat();

/** A whole number in the user's locale; `10,000+` where there may be more. */
export function formatCount(count: number, isMore = false): string {
  return isMore ? `${COUNT.format(count)}+` : COUNT.format(count);
}
