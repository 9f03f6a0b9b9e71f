import { join } from 'node:path';
import { runNode } from '../rig/run-node.ts';

/** How long a start took, in milliseconds. */
export interface StartTimes {
  /** Until the main bundle was loaded, with all that it imports. */
  readonly load: number;
  /** From then until the installation was open. */
  readonly open: number;
  /** From then until the first page was answered. */
  readonly page: number;
  /** All of it. */
  readonly total: number;
  /** How many keys the page has. */
  readonly rows: number;
}

const CHILD = join(import.meta.dirname, 'children/start-app.ts');

/**
 * Starts the built app several times, each in a process of its own, and measures how soon the first page of 100 keys
 * is answered over the contract. The database has to be of today's schema already.
 *
 * @param folder of an installation behind a passphrase
 * @returns the times of each start, in their order
 */
export async function measureStart(folder: string, passphrase: string, starts = 5): Promise<StartTimes[]> {
  const times: StartTimes[] = [];
  for (let start = 0; start < starts; start += 1) {
    const { code, out, err } = await runNode(CHILD, [folder, passphrase], process.env);
    if (code !== 0) throw new Error(`The app did not start (${code}): ${err}`);
    times.push(JSON.parse(out) as StartTimes);
  }
  return times;
}
