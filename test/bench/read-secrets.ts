import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface IssuedSecret {
  readonly name: string;
  readonly id: string;
  readonly secret: string;
}

/** The file of secrets that an import left. Nothing in it is quoted: no name of the benchmarks asks for it. */
export async function readSecrets(path: string): Promise<readonly IssuedSecret[]> {
  const [head, ...rows] = await readLines(path);
  if (head !== 'name,key_id,token') throw new Error(`the file of secrets begins with other columns: ${head}`);
  return rows.map(row => {
    const [name = '', id = '', secret = ''] = row.split(',');
    return { name, id, secret };
  });
}

async function readLines(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) lines.push(line);
  return lines;
}
