import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** How many lines a file has. No key of the data sets has a line break in what is said of it. */
export async function countLines(path: string): Promise<number> {
  let lines = 0;
  for await (const _ of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  }))
    lines += 1;
  return lines;
}
