import { z } from 'zod';
import { BACKUP_REMINDER_DAYS } from '../main/keys/last-backup.ts';

/** The most that each preference can be; 0 is never for both. */
export const PREFERENCE_LIMITS = { lockAfterMinutes: 480, backupReminderDays: 365 } as const;

/** What an admin prefers; kept in `config.json`, never anything secret. */
export const preferencesSchema = z.strictObject({
  /** Minutes without a key or the mouse being touched until the app locks itself; 0: never. */
  lockAfterMinutes: z.int().min(0).max(PREFERENCE_LIMITS.lockAfterMinutes),
  /** Days after which the banner reminds of a backup; 0: never. */
  backupReminderDays: z.int().min(0).max(PREFERENCE_LIMITS.backupReminderDays),
});

export type Preferences = Readonly<z.infer<typeof preferencesSchema>>;
export const DEFAULT_PREFERENCES: Preferences = {
  lockAfterMinutes: 10,
  backupReminderDays: BACKUP_REMINDER_DAYS,
};
