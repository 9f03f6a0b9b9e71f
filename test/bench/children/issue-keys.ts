/** Makes an installation and issues keys in it from a CSV file. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKey } from '../../../main/keys/create-key.ts';
import { createInstallation } from '../../../main/trust/create-installation.ts';
import type { Session } from '../../../main/trust/session.ts';
import { seedPorts } from '../../e2e/seed.ts';
import { withinTransaction } from '../../fixtures/within-transaction.ts';
import { IMPORTED, type ImportedKind } from '../imported-keys.ts';
import { answer } from './answer.ts';
import { buildFast } from './build-fast.ts';
import { withSession } from './open-session.ts';

export interface IssueInput {
  /** Gets `data`, the installation, and `secrets.csv`; `empty`, a copy of the installation from before. */
  readonly folder: string;
  readonly kind: ImportedKind;
  readonly keys: number;
  /** False for a data set, which would be made anew after a power cut. */
  readonly durable: boolean;
}

export interface IssueOutput {
  readonly ms: number;
}

await answer(async ({ folder, kind, keys, durable }: IssueInput): Promise<IssueOutput> => {
  const data = join(folder, 'data');
  const { template } = IMPORTED[kind];
  await createInstallation(seedPorts(data), { vault: 'passphrase', service: { template } });
  if (durable) cpSync(data, join(folder, 'empty'), { recursive: true });
  return withSession(data, async session => {
    if (!durable) buildFast(session.store);
    const start = performance.now();
    issue(session, kind, keys, join(folder, 'secrets.csv'));
    return { ms: performance.now() - start };
  });
});

function issue({ ports, store, actor }: Session, kind: ImportedKind, keys: number, secrets: string): void {
  const { service, row } = IMPORTED[kind];
  writeFileSync(secrets, 'name,id,secret\r\n');
  for (let from = 0; from < keys; from += 1000) {
    store.change(actor, ports.clock, tx => {
      const inside = { ...ports, store: withinTransaction(store, tx) };
      const lines = Array.from({ length: Math.min(1000, keys - from) }, (_, nth) => {
        const { roles, ...rest } = row(from + nth);
        const { key, token } = createKey(inside, actor, {
          ...rest,
          service,
          roles: roles.map(role => ({ role, accounts: null })),
          keep: () => undefined,
        });
        return `${key.name},${key.id},${token}\r\n`;
      });
      writeFileSync(secrets, lines.join(''), { flag: 'a' });
    });
  }
}
