import { once } from 'node:events';

/** Waits for one line on standard input, and then leaves it alone. */
export async function nextLine(): Promise<string> {
  const [chunk] = (await once(process.stdin, 'data')) as [Buffer];
  process.stdin.destroy();
  return chunk.toString('utf8').trim();
}
