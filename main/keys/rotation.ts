import { given, KeysmithError } from './errors.ts';
import { addDuration, type Duration, endOfDay, parseDuration } from './expiry.ts';
import type { Seconds } from './ids.ts';
import type { Key } from './key.ts';
import type { Policy } from './policy.ts';

/** How long a replaced secret stays valid beside the new one, as ISO 8601 durations; `none`: not at all. */
export const GRACE = { default: 'P7D', max: 'P30D', choices: ['none', 'PT1H', 'PT24H', 'P7D'] } as const;

/**
 * The end of a grace period that starts now.
 *
 * @param text a duration (`P7D`, `24h`) up to the maximum, or `none`; absent takes the default
 * @returns seconds since the epoch, or null for none
 * @throws GRACE_INVALID
 */
export function resolveGrace(text: string | undefined, now: Seconds): Seconds | null {
  const wanted = text ?? GRACE.default;
  if (wanted === 'none') return null;
  const duration = parseDuration(wanted);
  const longest = parseDuration(GRACE.max);
  const end = duration && addDuration(now, duration);
  if (end !== undefined && longest && end <= addDuration(now, longest)) return end;
  throw new KeysmithError(
    'GRACE_INVALID',
    `The grace period ${given(wanted)} ${duration ? 'is too long' : 'cannot be read'}. Allowed are none and durations up to 30 days, such as 1h, 24h or 7d.`,
    { field: 'grace' },
  );
}

/**
 * When a key's secret is due for rotation under its service's policy; null: never.
 * Only private keys are: a public key's token is no secret, and only keys that are not ended need it.
 */
export function rotationDueAt(
  key: Pick<Key, 'kind' | 'status' | 'createdAt' | 'rotatedAt'>,
  policy: Policy,
): Seconds | null {
  const interval = policy.rotation === null ? undefined : parseDuration(policy.rotation);
  if (!interval || key.kind !== 'private' || key.status !== 'active') return null;
  return addInterval(key.rotatedAt ?? key.createdAt, interval);
}

/** The latest start from which a policy's rotation interval is over by `now`; null where it has none. */
export function latestStart(now: Seconds, policy: Policy): Seconds | null {
  const interval = policy.rotation === null ? undefined : parseDuration(policy.rotation);
  if (!interval) return null;
  // Calendar months have no inverse, but adding the interval never goes back: the answer is found by halving.
  let [early, late] = [0, now];
  if (addInterval(early, interval) > now) return -1;
  while (early < late) {
    const middle = Math.ceil((early + late) / 2);
    if (addInterval(middle, interval) <= now) early = middle;
    else late = middle - 1;
  }
  return early;
}

/**
 * Adds an interval so that a later start never gives an earlier end: from a day that the target month does not have,
 * it leads to the end of that month, behind all that starts before.
 */
function addInterval(start: Seconds, { months, seconds }: Duration): Seconds {
  const moved = addDuration(start, { months, seconds: 0 });
  const isCut = new Date(moved * 1000).getUTCDate() !== new Date(start * 1000).getUTCDate();
  return (isCut ? endOfDay(moved) : moved) + seconds;
}
