import type { ListView } from '../keys/list-view.ts';

export type ExportTab = 'inventory' | 'bundle' | 'bench';

/** Which keys an inventory lists: those that the list showed, all, or those that were picked in it. */
export type InventoryChoice = 'listed' | 'all' | 'picked';

/** Where the admin is on the Export screen. */
export interface ExportPlace {
  readonly tab: ExportTab;
  /** The slug of the service whose bundles are looked at; null: the first. */
  readonly service: string | null;
  readonly keys: InventoryChoice;
  /** What the list showed when the admin left it. */
  readonly listed: ListView;
  /** The IDs of the keys that were selected when the admin asked to export them. */
  readonly picked: readonly string[];
}
