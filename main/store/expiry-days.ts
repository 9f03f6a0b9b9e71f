import type { Seconds } from '../keys/ids.ts';

export const DAY = 86_400;

/** Digits of a day's number, so that days sort as texts: enough for the year 9999. */
const DIGITS = 7;

/** The day of an expiry, counted from the epoch, as counters name it; `never` sorts after every day. */
export function expiryDay(expiresAt: Seconds | null): string {
  return expiresAt === null ? 'never' : String(Math.floor(expiresAt / DAY)).padStart(DIGITS, '0');
}

/** The same of the column `expires_at`, as SQL. */
export const EXPIRY_DAY_SQL = `iif(expires_at IS NULL, 'never', printf('%0${DIGITS}d', expires_at / ${DAY}))`;
