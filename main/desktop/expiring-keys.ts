import type { Preferences } from '../../preload/contract.ts';
import { addDuration, parseDuration } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Reader } from '../keys/ports.ts';

/** How many active keys expire so soon that the admin wants to be warned. */
export function countExpiring(
  reader: Pick<Reader, 'expiringKeys'>,
  warning: Preferences['expiryWarning'],
  now: Seconds,
): number {
  const within = warning === 'never' ? undefined : parseDuration(warning);
  return within ? reader.expiringKeys(addDuration(now, within) - now, now) : 0;
}
