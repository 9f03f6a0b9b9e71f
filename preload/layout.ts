import { z } from 'zod';

const column = z.string().max(40);
const MAX_COLUMNS = 100;
/** Choices of the command palette that are remembered. */
export const MAX_RECENT = 5;
const few = (columns: object) => Object.keys(columns).length <= MAX_COLUMNS;

/** How the admin arranged the window. Preferences only, never anything of a key. */
export const layoutSchema = z.strictObject({
  /** Of the key table, by column ID: whether it is shown; absent: as the table thinks best. */
  columns: z.record(column, z.boolean()).refine(few),
  /** Widths that were dragged, in CSS pixels. */
  widths: z.record(column, z.number().min(16).max(4000)).refine(few),
  /** IDs of what was chosen in the command palette, the latest first. */
  recent: z.array(z.string().max(200)).max(MAX_RECENT).optional(),
});

export type Layout = Readonly<z.infer<typeof layoutSchema>>;
export const DEFAULT_LAYOUT: Layout = { columns: {}, widths: {} };
