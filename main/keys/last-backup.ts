import type { Seconds } from './ids.ts';
import type { Reader } from './ports.ts';

/** After so many days without a backup an admin is reminded, unless the settings say otherwise. */
export const BACKUP_REMINDER_DAYS = 30;

const DAY = 86_400;

export interface LastBackup {
  /** When the last backup was made; null: never. */
  readonly at: Seconds | null;
  /** Whether it is time for another one: there are keys, and the last backup is too old or there is none. */
  readonly due: boolean;
}

function hasKeys(reader: Reader, now: Seconds): boolean {
  return reader.keys({ sort: { field: 'created', descending: true }, limit: 1 }, now).keys.length > 0;
}

/** @param days after how many days a backup is too old; 0: never */
export function lastBackup(reader: Reader, now: Seconds, days: number = BACKUP_REMINDER_DAYS): LastBackup {
  const { ref } = reader.installation();
  const [entry] = reader.audit({ ref, action: 'installation.backup', limit: 1 });
  const at = entry?.at ?? null;
  const isOld = days > 0 && (at === null || now - at >= days * DAY);
  return { at, due: isOld && hasKeys(reader, now) };
}
