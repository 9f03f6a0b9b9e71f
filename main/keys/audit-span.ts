import { given, KeysmithError } from './errors.ts';
import { parseMoment } from './expiry.ts';
import type { Seconds } from './ids.ts';

const DAY = 86_400;

/** From when on: a date is its beginning, UTC. @throws QUERY_INVALID */
export function parseSince(text: string): Seconds {
  const at = requireMoment(text, 'since');
  return isDate(text) ? at - DAY + 1 : at;
}

/** Until when, that second included: a date is its end, UTC. @throws QUERY_INVALID */
export function parseUntil(text: string): Seconds {
  return requireMoment(text, 'until');
}

function requireMoment(text: string, field: 'since' | 'until'): Seconds {
  const at = parseMoment(text);
  if (at !== undefined) return at;
  throw new KeysmithError(
    'QUERY_INVALID',
    `The time ${given(text)} cannot be read. Allowed are a date (2027-01-31, all of it in UTC) and a date with time (2027-01-31T12:00:00Z).`,
    { field },
  );
}

function isDate(text: string): boolean {
  return !text.includes('T');
}
