import { createBackground, type RunJob } from '../../../main/exchange/background.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import type { Session } from '../../../main/trust/session.ts';
import { seedPorts } from '../../e2e/seed.ts';

/** The program of background work, as it is shipped. */
const WORKER = new URL('../../../dist/main/worker.js', import.meta.url);

/** Opens an installation of the benchmarks for some work. */
export async function withSession<T>(
  folder: string,
  work: (session: Session, run: RunJob) => Promise<T>,
): Promise<T> {
  const session = await openInstallation(seedPorts(folder));
  try {
    return await work(session, createBackground(WORKER, session.readAccess));
  } finally {
    await session.close();
  }
}
