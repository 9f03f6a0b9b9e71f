import type { ImportPhase } from './import-views.ts';

/** What is done to a database that is brought up to date, and how much of all that is behind it, from 0 to 1. */
export interface UpdateStage {
  readonly kind: 'waiting' | 'copying' | 'changing';
  readonly fraction: number;
  /** The step that is under way while it is changed, from 1. */
  readonly step: number;
  readonly steps: number;
}

/** What main tells the window without being asked. */
export interface Events {
  /** Something in the database changed, here or by another process. */
  readonly changed: null;
  /** The clipboard no longer holds a secret of this app. */
  readonly 'clipboard-cleared': null;
  /** How far a running export or verification is: in keys, entries or rows; a file that is checked, in bytes. */
  readonly 'export-progress': {
    readonly id: string;
    readonly done: number;
    readonly total: number;
    /** What a bulk issue is at. */
    readonly phase?: ImportPhase;
  };
  /** How far the database is that is brought up to date before it is opened; null: it is over. */
  readonly 'update-progress': UpdateStage | null;
  /** A menu item or accelerator. */
  readonly command: MenuCommand;
  /** The keys of a service were asked for in the menu, by its slug. */
  readonly 'show-service': string;
  /** There is something to say about the file of the settings, or no longer. */
  readonly 'settings-noticed': null;
  /** The window was asked to close while a secret is shown: the renderer asks the admin. */
  readonly 'close-requested': null;
}
export type EventName = keyof Events;

/** What the menu, its accelerators and notifications have the window do. */
export type MenuCommand =
  | 'create-key'
  | 'import-keys'
  | 'create-service'
  | 'search'
  | 'palette'
  | 'all-keys'
  | 'signing-keys'
  | 'audit'
  | 'export'
  | 'settings'
  | 'about'
  | 'shortcuts'
  | 'review-expiring'
  | 'lock';
