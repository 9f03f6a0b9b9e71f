/** The part of the contract about what is kept in `config.json`: how the window is arranged, and what is preferred. */
import { z } from 'zod';
import { type Layout, layoutSchema } from './layout.ts';
import { type Preferences, preferenceChange } from './preferences.ts';
import { nothing } from './requests.ts';
import { verb } from './verb.ts';

/** What went wrong with the file of the settings. */
const SETTINGS_NOTICES = ['set-aside', 'stuck', 'not-kept'] as const;

/** What the window says about the file of the settings. */
export type SettingsNotice =
  /** It could not be used: it is kept under another name, and all is as at first. */
  | { readonly kind: 'set-aside'; readonly why: UnusableSettings; readonly path: string }
  /** It cannot be used, and not be moved either. */
  | { readonly kind: 'stuck'; readonly why: UnusableSettings; readonly path: string }
  /** What is changed is gone when Keysmith ends. */
  | { readonly kind: 'not-kept'; readonly why: 'read-only' | 'refused'; readonly path: string };

/** `damaged`: it says what Keysmith never writes; `newer`: a newer Keysmith wrote it; `unreadable`: it cannot be opened. */
export type UnusableSettings = 'damaged' | 'newer' | 'unreadable';

export const SETTINGS_VERBS = {
  /** How the admin arranged the window; kept between starts. */
  'settings:layout': verb<Layout>()(nothing),
  'settings:keep-layout': verb<null>()(layoutSchema),
  'settings:preferences': verb<Preferences>()(nothing),
  /** Changes what is given, and answers what holds then: what cannot be written stays as it was. */
  'settings:keep-preferences': verb<Preferences>()(preferenceChange),
  /** Asks for the folder that exports begin in; null when the dialog was cancelled. */
  'settings:choose-export-folder': verb<Preferences | null>()(nothing),
  'settings:forget-export-folder': verb<Preferences>()(nothing),
  'settings:notices': verb<readonly SettingsNotice[]>()(nothing),
  /** A notice was read. */
  'settings:dismiss': verb<null>()(z.strictObject({ kind: z.enum(SETTINGS_NOTICES) })),
} as const;
