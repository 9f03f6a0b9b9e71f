import { z } from 'zod';
import { EXPIRY_WINDOWS } from '../main/keys/key-query.ts';
import { BACKUP_REMINDER_DAYS } from '../main/keys/last-backup.ts';
import { text } from './requests.ts';

/** The least and the most that each number can be. */
export const PREFERENCE_LIMITS = {
  /** 0 is never. */
  lockAfterMinutes: { least: 0, most: 480 },
  /** 0 is never. */
  backupReminderDays: { least: 0, most: 365 },
  /** SECURITY: there is no never: a copied secret does not stay for whoever pastes next. */
  clipboardSeconds: { least: 5, most: 300 },
} as const;
export type NumberPreference = keyof typeof PREFERENCE_LIMITS;

export const THEMES = ['system', 'light', 'dark'] as const;
/** `system`: as the system's language writes dates; `iso`: 2026-03-01 14:05. */
export const DATE_STYLES = ['system', 'iso'] as const;
/** The windows that the filter panel offers: what is warned of can be looked at there. */
export const EXPIRY_WARNINGS = [...EXPIRY_WINDOWS, 'never'] as const;

const number = (name: NumberPreference) =>
  z.int().min(PREFERENCE_LIMITS[name].least).max(PREFERENCE_LIMITS[name].most);

/** What an admin prefers; kept in `config.json`, never anything secret. */
export const preferencesSchema = z.strictObject({
  theme: z.enum(THEMES),
  dateStyle: z.enum(DATE_STYLES),
  /** Seconds until a copied secret is cleared from the clipboard. */
  clipboardSeconds: number('clipboardSeconds'),
  /** Minutes without a key or the mouse being touched until the app locks itself; 0: never. */
  lockAfterMinutes: number('lockAfterMinutes'),
  /** How soon a key must expire for the window to point it out. */
  expiryWarning: z.enum(EXPIRY_WARNINGS),
  /** Whether the system says so, too, when Keysmith is opened. */
  notifyExpiring: z.boolean(),
  /** Days after which the banner reminds of a backup; 0: never. */
  backupReminderDays: number('backupReminderDays'),
  /** Slug of the service whose keys are shown first; null: the keys of all. */
  defaultService: text.nullable(),
  /** The folder that dialogs for exports begin in; null: the system's choice. */
  exportFolder: text.nullable(),
});

export type Preferences = Readonly<z.infer<typeof preferencesSchema>>;
export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  dateStyle: 'system',
  clipboardSeconds: 30,
  lockAfterMinutes: 10,
  expiryWarning: '14d',
  notifyExpiring: true,
  backupReminderDays: BACKUP_REMINDER_DAYS,
  defaultService: null,
  exportFolder: null,
};

/** What the page may change. SECURITY: folders are chosen in main's own dialog, by whoever sits there. */
export const preferenceChange = preferencesSchema.omit({ exportFolder: true }).partial();
export type PreferenceChange = Readonly<z.infer<typeof preferenceChange>>;
