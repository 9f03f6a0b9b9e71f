/** Makes an installation and issues keys in it from a CSV file, as `keysmith key import` and the window do. */
import { cpSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkImportFile, importKeys } from '../../../main/exchange/import-keys.ts';
import { createInstallation } from '../../../main/trust/create-installation.ts';
import { seedPorts } from '../../e2e/seed.ts';
import { requireRight } from '../benchmark.ts';
import { IMPORTED, type ImportedKind, importFile } from '../imported-keys.ts';
import { requireIssued } from '../require-issued.ts';
import { answer } from './answer.ts';
import { withSession } from './open-session.ts';

export interface IssueInput {
  /** Gets `data`, the installation, `secrets.csv`, and `empty`, a copy of the installation from before. */
  readonly folder: string;
  readonly kind: ImportedKind;
  readonly keys: number;
  /** Find the key of every secret; else whoever asked verifies each against a bundle. */
  readonly find: boolean;
}

export interface IssueOutput {
  /** From the file to the last secret and row on the disk, in milliseconds; the check of the whole file is in it. */
  readonly ms: number;
  readonly checkMs: number;
}

await answer(async ({ folder, kind, keys, find }: IssueInput): Promise<IssueOutput> => {
  const [data, file, out] = [join(folder, 'data'), join(folder, 'keys.csv'), join(folder, 'secrets.csv')];
  const { template, service } = IMPORTED[kind];
  await createInstallation(seedPorts(data), { vault: 'passphrase', service: { template } });
  cpSync(data, join(folder, 'empty'), { recursive: true });
  await writeFile(file, importFile(kind, keys));
  return withSession(data, async (session, run) => {
    const start = performance.now();
    const checked = await checkImportFile(session, run, { file, service });
    const checkMs = performance.now() - start;
    const { issued } = await importKeys(session, run, checked, { out });
    const ms = performance.now() - start;

    requireRight(issued === keys, `${issued} keys were issued, not ${keys}`);
    const waiting = session.store.connection.prepare('SELECT count(*) AS n FROM text_backlog').get()?.n;
    requireRight(waiting === 0, 'the text of some keys is not in the index yet');
    if (find) await requireIssued(session, kind, keys, out);
    return { ms, checkMs };
  });
});
