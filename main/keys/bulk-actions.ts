/** What can be done with several keys at once. */
export const BULK_ACTIONS = ['disable', 'enable', 'revoke', 'remove', 'extend'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** How many keys one change may name. */
export const MAX_BULK = 10_000;
