import { describe, expect, it, onTestFinished } from 'vitest';
import { createCounts } from '../../../main/desktop/counts.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { COUNTS_WORKER, NOW, testInstallation } from '../../fixtures/installation.ts';

async function counting() {
  const installation = await testInstallation();
  const counts = createCounts(COUNTS_WORKER);
  onTestFinished(counts.stop);
  const count = (text?: string) =>
    counts.ask(installation, {
      kind: 'count',
      filter: { kinds: ['private'], ...(text && { text }) },
      now: NOW,
    });
  return { installation, counts, count };
}

describe('the thread that counts', () => {
  it('sees each change at once, and counts until it is stopped', async () => {
    const { installation, counts, count } = await counting();
    expect(await count()).toEqual({ keys: 0, isMore: false });
    createKey(installation.ports, installation.actor, { service: 'team-api', name: 'first' });
    expect(await count()).toEqual({ keys: 1, isMore: false });
    expect(await count('second')).toEqual({ keys: 0, isMore: false });
    await counts.stop();
    expect(await count(), 'it is started again with the next question').toEqual({ keys: 1, isMore: false });
  });

  it('refuses what was still asked when it is stopped', async () => {
    const { counts, count } = await counting();
    const refused = expect(count()).rejects.toMatchObject({ code: 'CANCELLED' });
    await counts.stop();
    await refused;
  });

  it('counts for the session that asks, not for the one before', async () => {
    const { installation, counts, count } = await counting();
    const other = await testInstallation();
    createKey(other.ports, other.actor, { service: 'team-api', name: 'elsewhere' });
    expect(await count()).toEqual({ keys: 0, isMore: false });
    const request = { kind: 'count', filter: { kinds: ['private'] }, now: NOW } as const;
    expect(await counts.ask(other, request)).toEqual({ keys: 1, isMore: false });
    expect(await counts.ask(installation, request)).toEqual({ keys: 0, isMore: false });
  });

  it('tells what is wrong with a question, and goes on', async () => {
    const { count } = await counting();
    const words = Array.from({ length: 40 }, (_, nth) => `word${nth}`).join(' ');
    await expect(count(words)).rejects.toMatchObject({ code: 'QUERY_INVALID', field: 'search' });
    expect(await count()).toEqual({ keys: 0, isMore: false });
  });

  it('has no keys: it is given a path and nothing else', async () => {
    const { installation } = await counting();
    const counts = createCounts(
      new URL(
        `data:text/javascript,import { parentPort, workerData } from 'node:worker_threads'; parentPort.on('message', ({ id }) => parentPort.postMessage({ id, result: workerData }))`,
      ),
    );
    onTestFinished(counts.stop);
    const given = await counts.ask(installation, { kind: 'count', filter: {}, now: NOW });
    expect(given).toEqual({ database: installation.readAccess.database });
  });
});
