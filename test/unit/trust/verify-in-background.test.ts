import { describe, expect, it } from 'vitest';
import { createBackground } from '../../../main/exchange/background.ts';
import type { Progress, Watch } from '../../../main/exchange/jobs.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { populated, run } from '../../fixtures/edited-by-hand.ts';
import { type TestInstallation, WORKER } from '../../fixtures/installation.ts';
import { addManyKeys } from '../../fixtures/many-keys.ts';

/** As both faces of the program do it: with a worker. */
function verify(installation: TestInstallation, watch: Watch = {}) {
  const job = createBackground(WORKER, installation.readAccess);
  return verifyAudit(installation, () => job({ kind: 'verify' }, watch));
}

describe('a verification in the background', () => {
  it('says the same as one in this thread, of a log that holds and of one that does not', async () => {
    const installation = await populated();
    expect(await verify(installation)).toEqual(await verifyAudit(installation));
    expect(await verify(installation)).toMatchObject({ ok: true, findings: [] });
    await installation.savedHead.save(installation.store.head());
    run(installation, "UPDATE audit SET actor = 'mallory' WHERE seq = 4");
    run(installation, "UPDATE key SET owner = 'mallory'");
    run(installation, 'DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
    const report = await verify(installation);
    expect(report).toEqual(await verifyAudit(installation));
    expect(report.findings.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([
        'entry 4',
        expect.stringMatching(/^entry \d+$/),
        expect.stringMatching(/^key ak_/),
      ]),
    );
    expect(report.ok).toBe(false);
  });

  it('tells in rows how far it is, up to all of them', async () => {
    const installation = await populated();
    addManyKeys(installation, 2000);
    const told: Progress[] = [];
    await verify(installation, { onProgress: progress => told.push(progress) });
    const done = told.map(progress => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done[0], 'before the first row').toBe(0);
    const last = told.at(-1) ?? { done: 0, total: 0 };
    expect(last.total - last.done, 'nothing was left out, nothing counted twice').toBeLessThan(1000);
    expect(new Set(told.map(({ total }) => total)).size).toBe(1);
  });

  it('can be cancelled', async () => {
    const installation = await populated();
    addManyKeys(installation, 2000);
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    await expect(verify(installation, { onProgress, signal: controller.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
