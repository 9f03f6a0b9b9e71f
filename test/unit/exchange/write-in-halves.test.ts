import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunJob } from '../../../main/exchange/background.ts';
import type { InventoryJob, Job, Progress } from '../../../main/exchange/jobs.ts';
import { runJob } from '../../../main/exchange/run-job.ts';
import { writeInHalves } from '../../../main/exchange/write-in-halves.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { KeysmithError } from '../../../main/keys/errors.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { parseSort } from '../../../main/keys/key-query.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

/** Does jobs in this thread, and tells which. */
function inThisThread({ store }: TestInstallation, before: (job: Job) => void = () => undefined): RunJob {
  return async (job, watch) => {
    before(job);
    return runJob(store, job, progress => watch?.onProgress?.(progress));
  };
}

function jobOf({ folder }: TestInstallation, change: Partial<InventoryJob> = {}): InventoryJob {
  return {
    kind: 'inventory',
    draft: join(folder, 'inventory'),
    keys: { kind: 'matching', criteria: {}, sort: parseSort('name:desc') },
    removed: true,
    format: 'csv',
    columns: KEY_FIELDS,
    bom: true,
    hashed: true,
    now: NOW,
    ...change,
  };
}

async function withKeys(count: number): Promise<TestInstallation> {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  for (let nth = 0; nth < count; nth += 1)
    createKey(ports, actor, { service: 'team-api', name: `é, ${nth}`, description: nth % 2 ? '=1' : '' });
  return installation;
}

describe('an inventory that is written in halves', () => {
  it.each([0, 1, 2, 5])('is the one that is written as a whole, of %i keys', async count => {
    const installation = await withKeys(count + 1);
    const { ports, actor } = installation;
    revokeKey(ports, actor, { key: 'team-api/é, 0' });
    removeKey(ports, actor, { key: 'team-api/é, 0' });
    for (const format of ['csv', 'ndjson'] as const) {
      const whole = jobOf(installation, { format, draft: join(installation.folder, `whole.${format}`) });
      const halved = jobOf(installation, { format, draft: join(installation.folder, `halves.${format}`) });
      const expected = await inThisThread(installation)(whole);
      const kinds: unknown[] = [];
      const run = inThisThread(installation, job => kinds.push((job as InventoryJob).half));
      expect(await writeInHalves(run, halved)).toEqual(expected);
      expect(readFileSync(halved.draft, 'utf8')).toBe(readFileSync(whole.draft, 'utf8'));
      expect(expected.rows).toBe(count + 1);
      expect(kinds).toEqual(['first', 'last']);
    }
  });

  it('is written as a whole when something was changed between the halves', async () => {
    const installation = await withKeys(4);
    const { ports, actor } = installation;
    const halves: unknown[] = [];
    const run = inThisThread(installation, job => {
      const { half } = job as InventoryJob;
      if (half === 'last') createKey(ports, actor, { service: 'team-api', name: 'meanwhile' });
      halves.push(half);
    });
    const job = jobOf(installation);
    const written = await writeInHalves(run, job);
    expect(halves).toEqual(['first', 'last', undefined]);
    expect(written.rows).toBe(5);
    expect(readFileSync(job.draft, 'utf8').split('\r\n')).toHaveLength(1 + 5 + 1);
  });

  it('tells of both halves together', async () => {
    const installation = await withKeys(5);
    const told: Progress[] = [];
    await writeInHalves(inThisThread(installation), jobOf(installation), {
      onProgress: progress => told.push(progress),
    });
    expect(told.at(-1)).toEqual({ done: 5, total: 5 });
  });

  it('fails with what one half failed with, once the other one was ended', async () => {
    const installation = await withKeys(3);
    const ended: string[] = [];
    const run = (async (job: Job, watch) => {
      if ((job as InventoryJob).half === 'last') throw new KeysmithError('FILE_UNWRITABLE', 'no room');
      await new Promise(resolve => watch?.signal?.addEventListener('abort', resolve));
      ended.push('first');
      throw new KeysmithError('CANCELLED', 'cancelled');
    }) as RunJob;
    await expect(writeInHalves(run, jobOf(installation))).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(ended).toEqual(['first']);
  });
});
