import { given, KeysmithError } from './errors.ts';
import { addDuration, parseDuration } from './expiry.ts';
import type { Seconds } from './ids.ts';

/** How long services may use a bundle: as durations. */
export const BUNDLE_VALIDITY = { default: '30d', max: 'P1Y', choices: ['7d', '30d', '90d', 'P1Y'] } as const;

/** How long before its end a bundle is pointed out. */
export const BUNDLE_ENDING: Seconds = 7 * 86_400;

/**
 * When a bundle ends that is issued now. Until then a service that is cut off goes on with what it knows.
 *
 * @param text a duration; absent: the default
 * @throws VALIDITY_INVALID
 */
export function resolveValidity(text: string | undefined, now: Seconds): Seconds {
  const duration = parseDuration(text ?? BUNDLE_VALIDITY.default);
  const longest = parseDuration(BUNDLE_VALIDITY.max);
  if (duration && longest) {
    const end = addDuration(now, duration);
    if (end <= addDuration(now, longest)) return end;
  }
  throw new KeysmithError(
    'VALIDITY_INVALID',
    `The time ${given(text ?? '')} cannot be how long a bundle is valid. Allowed are durations up to a year, such as 30d, 12h or P6M.`,
    { field: 'valid_for' },
  );
}
