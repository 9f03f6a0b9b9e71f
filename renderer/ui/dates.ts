import type { Preferences } from '../../preload/contract.ts';

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

type DateStyle = Preferences['dateStyle'];

/** How dates are written now. */
let style: DateStyle = 'system';

/** Has dates written as they are preferred, by whatever is rendered from then on. */
export function writeDatesAs(preferred: DateStyle): void {
  style = preferred;
}

/** A day, from seconds since the epoch. */
export function formatDate(at: number): string {
  return formatDateAs(style, at);
}

/** A day as it would be written in a style. */
export function formatDateAs(written: DateStyle, at: number): string {
  return written === 'iso' ? isoDay(at) : DATE.format(at * 1000);
}

/** A moment in the user's zone, from seconds since the epoch. */
export function formatDateTime(at: number): string {
  return style === 'iso' ? isoMoment(at) : DATE_TIME.format(at * 1000);
}

/** The same, as short as a row needs it. */
export function formatMoment(at: number): string {
  return style === 'iso' ? isoMoment(at) : MOMENT.format(at * 1000);
}

const two = (number: number) => String(number).padStart(2, '0');

/** A day in the user's zone as ISO 8601 writes it. */
function isoDay(at: number): string {
  const day = new Date(at * 1000);
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function isoMoment(at: number): string {
  const moment = new Date(at * 1000);
  return `${isoDay(at)} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
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
