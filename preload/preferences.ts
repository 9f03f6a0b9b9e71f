import { z } from 'zod';

/** What an admin prefers; kept in `config.json`, never anything secret. */
export const preferencesSchema = z.strictObject({
  /** Minutes without a key or the mouse being touched until the app locks itself; 0: never. */
  lockAfterMinutes: z.int().min(0).max(480),
  /** Days after which the banner reminds of a backup; 0: never. */
  backupReminderDays: z.int().min(0).max(365),
});

export type Preferences = Readonly<z.infer<typeof preferencesSchema>>;
export const DEFAULT_PREFERENCES: Preferences = { lockAfterMinutes: 10, backupReminderDays: 30 };
