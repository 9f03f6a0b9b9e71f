import type { ElectronApplication, Page } from '@playwright/test';
import { KEY_FIELDS, type KeyField } from '../../../main/keys/key-json.ts';
import { answerSaveDialog } from '../../e2e/pages/signing-keys-page.ts';

export interface Meanwhile<T> {
  readonly result: T;
  /** The rows that each export wrote. */
  readonly exported: readonly number[];
}

/**
 * Does something while the window exports every key with every column, one time after the other, so that there is an
 * export from the beginning to the end of it.
 */
export async function whileExporting<T>(
  app: ElectronApplication,
  page: Page,
  out: string,
  work: () => Promise<T>,
): Promise<Meanwhile<T>> {
  await answerSaveDialog(app, out);
  const exports = page.evaluate(exportUntilEnough, KEY_FIELDS);
  try {
    await page.waitForFunction(() => Reflect.has(window, 'exporting'));
    const result = await work();
    await page.evaluate(() => Reflect.set(window, 'enough', true));
    return { result, exported: await exports };
  } catch (error) {
    // What went wrong first is told, not that the window was closed on the exports.
    exports.catch(() => undefined);
    throw error;
  }
}

/** Runs in the page. */
async function exportUntilEnough(columns: readonly KeyField[]): Promise<number[]> {
  window.keysmith.on('export-progress', () => Reflect.set(window, 'exporting', true));
  const rows: number[] = [];
  while (!Reflect.has(window, 'enough')) {
    const answer = await window.keysmith.exports.inventory({
      id: `export-${rows.length}`,
      keys: { kind: 'matching', filter: {}, sort: { field: 'created', descending: false } },
      removed: false,
      format: 'csv',
      columns: [...columns],
      bom: false,
      sign: false,
    });
    if (!answer.ok || !answer.value) throw new Error(`an export ended with ${JSON.stringify(answer)}`);
    rows.push(answer.value.rows);
  }
  return rows;
}
