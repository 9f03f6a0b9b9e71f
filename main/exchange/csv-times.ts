import { formatTime } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';

const DAY = 86_400;
const MIDNIGHT = 'T00:00:00Z';
/** The last second that a `Date` can hold, on either side of 1970. */
const LAST = 8_640_000_000_000;
/** Days that are remembered: some decades. */
const MAX_DAYS = 10_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/**
 * Writes times as `formatTime` does. Millions of them lie in a few thousand days, and a `Date` for each would be what
 * an export spends most of its time on after reading.
 */
export function timeWriter(): (at: Seconds) => string {
  const days = new Map<number, string>();
  const dateOf = (day: number): string => {
    const known = days.get(day);
    if (known !== undefined) return known;
    if (days.size >= MAX_DAYS) days.clear();
    const date = formatTime(day * DAY).slice(0, -MIDNIGHT.length);
    days.set(day, date);
    return date;
  };
  return at => {
    if (!(Math.abs(at) < LAST) || !Number.isInteger(at)) return formatTime(at);
    const day = Math.floor(at / DAY);
    const second = at - day * DAY;
    const hours = TWO_DIGITS[(second / 3600) | 0];
    const minutes = TWO_DIGITS[((second / 60) | 0) % 60];
    return `${dateOf(day)}T${hours}:${minutes}:${TWO_DIGITS[second % 60]}Z`;
  };
}
