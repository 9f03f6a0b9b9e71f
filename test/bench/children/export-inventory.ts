/** Exports the inventory of every key as CSV, as `keysmith export inventory` and the window do. */
import { exportInventory } from '../../../main/exchange/export-inventory.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { parseSort } from '../../../main/keys/key-query.ts';
import { answer } from './answer.ts';
import { askMeanwhile } from './ask-meanwhile.ts';
import { withSession } from './open-session.ts';

export interface InventoryInput {
  readonly folder: string;
  readonly out: string;
  /** Ask for pages of keys all the while. */
  readonly watched: boolean;
}

export interface InventoryOutput {
  readonly rows: number;
  readonly ms: number;
  /** How long each page took that was asked for meanwhile, and the longest time nothing else was done, in ms. */
  readonly pages: readonly number[];
  readonly longestTurn: number;
}

await answer(({ folder, out, watched }: InventoryInput) =>
  withSession(folder, async (session, run): Promise<InventoryOutput> => {
    const start = performance.now();
    const exported = exportInventory(session, run, {
      keys: { kind: 'matching', criteria: {}, sort: parseSort('created') },
      removed: false,
      format: 'csv',
      columns: KEY_FIELDS,
      bom: false,
      out,
      sign: false,
      replace: true,
    });
    const asked = watched ? await askMeanwhile(session, exported) : { pages: [], longestTurn: 0 };
    const { rows } = await exported;
    return { rows, ms: performance.now() - start, ...asked };
  }),
);
