/** Exports the bundle of a service, as `keysmith export bundle` and the window do, and what it is believed by. */
import { writeFileSync } from 'node:fs';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import type { BundleCounts } from '../../../main/exchange/jobs.ts';
import { trustFile } from '../../../main/exchange/trust-file.ts';
import { answer } from './answer.ts';
import { withSession } from './open-session.ts';

export interface BundleInput {
  readonly folder: string;
  readonly service: string;
  readonly out: string;
  /** Where trust.json goes. */
  readonly trust: string;
}

export interface BundleOutput {
  readonly ms: number;
  readonly counts: BundleCounts;
}

await answer(({ folder, service, out, trust }: BundleInput) =>
  withSession(folder, async (session, run): Promise<BundleOutput> => {
    const start = performance.now();
    const { counts } = await exportBundle(session, run, { service, out, replace: true });
    const ms = performance.now() - start;
    writeFileSync(trust, trustFile(session.store).text);
    return { ms, counts };
  }),
);
