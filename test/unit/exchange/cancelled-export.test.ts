import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBackground } from '../../../main/exchange/background.ts';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import { exportInventory } from '../../../main/exchange/export-inventory.ts';
import type { Progress, Watch } from '../../../main/exchange/jobs.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { testInstallation, WORKER } from '../../fixtures/installation.ts';
import { addManyKeys } from '../../fixtures/many-keys.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const KEYS = 3000;
const ALL = { kind: 'matching', criteria: {}, sort: { field: 'name', descending: false } } as const;

async function withManyKeys() {
  const session = await testInstallation();
  addManyKeys(session, KEYS);
  const folder = temporaryFolder();
  const run = createBackground(WORKER, session.readAccess);
  const put: Record<string, (watch: Watch) => Promise<unknown>> = {
    'a bundle in a folder': watch =>
      exportBundle(session, run, { service: 'team-api', out: join(folder, 'b'), replace: false }, watch),
    'a bundle in one file': watch =>
      exportBundle(session, run, { service: 'team-api', out: join(folder, 'b.zip'), replace: false }, watch),
    'a signed inventory': watch => {
      const what = { keys: ALL, removed: false, format: 'csv', columns: KEY_FIELDS, bom: false } as const;
      const out = join(folder, 'keys.csv');
      return exportInventory(session, run, { ...what, out, sign: true, replace: false }, watch);
    },
  };
  return { ...session, folder, put };
}

describe('an export that is cancelled', () => {
  it.each(['a bundle in a folder', 'a bundle in one file', 'a signed inventory'])(
    'in mid-work leaves nothing of %s, and works when it is tried again',
    async what => {
      const { store, folder, put } = await withManyKeys();
      const head = store.head();
      const controller = new AbortController();
      let begun: readonly string[] = [];
      let seen: Progress | undefined;
      const onProgress = (progress: Progress) => {
        if (seen) return;
        seen = progress;
        begun = readdirSync(folder);
        controller.abort();
      };
      await expect(put[what]?.({ onProgress, signal: controller.signal })).rejects.toMatchObject({
        code: 'CANCELLED',
      });
      expect(begun, 'it had begun').toHaveLength(1);
      expect(seen?.total).toBe(KEYS);
      expect(seen?.done).toBeLessThan(KEYS);
      expect(readdirSync(folder)).toEqual([]);
      expect(store.head(), 'nothing was recorded').toEqual(head);

      await put[what]?.({});
      expect(readdirSync(folder)).toHaveLength(what === 'a signed inventory' ? 2 : 1);
    },
  );

  it.each(['a bundle in a folder', 'a bundle in one file', 'a signed inventory'])(
    'when all of %s was written but nothing recorded yet leaves nothing',
    async what => {
      const { store, folder, put } = await withManyKeys();
      const head = store.head();
      const controller = new AbortController();
      const onProgress = ({ done, total }: Progress) => {
        if (done === total) controller.abort();
      };
      await expect(put[what]?.({ onProgress, signal: controller.signal })).rejects.toMatchObject({
        code: 'CANCELLED',
      });
      expect([readdirSync(folder), store.head()]).toEqual([[], head]);
    },
  );

  it('before it begins does nothing at all', async () => {
    const { folder, put } = await withManyKeys();
    for (const export_ of Object.values(put))
      await expect(export_({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the progress of an export', () => {
  it('goes up to the number of keys', async () => {
    const { put } = await withManyKeys();
    for (const export_ of Object.values(put)) {
      const told: Progress[] = [];
      await export_({ onProgress: progress => told.push(progress) });
      const done = told.map(progress => progress.done);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(told.at(-1)).toEqual({ done: KEYS, total: KEYS });
      expect(told.length).toBeGreaterThan(2);
    }
  });
});
