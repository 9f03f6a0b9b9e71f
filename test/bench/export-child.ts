/**
 * One job on an installation, in a process of its own whose memory says what the job took: what
 * `measure-export.ts` starts. Arguments: the data folder, what to do, and a name for what is written.
 */
import { readFileSync } from 'node:fs';
import { createBackground } from '../../main/exchange/background.ts';
import { exportBundle } from '../../main/exchange/export-bundle.ts';
import { exportInventory } from '../../main/exchange/export-inventory.ts';
import { INVENTORY_FORMATS, KEY_FIELDS } from '../../main/keys/key-json.ts';
import { parseSort } from '../../main/keys/key-query.ts';
import { openInstallation } from '../../main/trust/open-installation.ts';
import type { Session } from '../../main/trust/session.ts';
import { verifyAudit } from '../../main/trust/verify-audit.ts';
import { seedPorts } from '../e2e/seed.ts';

const WORKER = new URL('../../main/worker.ts', import.meta.url);

/** The most memory that this process had so far, in bytes. */
function peak(): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  if (!line) throw new Error('this system does not say how much memory a process had');
  return Number(line[1]) * 1024;
}

/** @returns how many keys, credentials or entries it was */
async function work(session: Session, what: string, out: string): Promise<number> {
  const run = createBackground(WORKER, session.readAccess);
  const [kind = '', detail = ''] = what.split(':');
  const format = INVENTORY_FORMATS.find(each => each === kind);
  if (format) {
    const keys = { kind: 'matching', criteria: {}, sort: parseSort(detail || 'created') } as const;
    const request = { out, keys, format, removed: false, columns: KEY_FIELDS, bom: false };
    return (await exportInventory(session, run, { ...request, sign: false, replace: true })).rows;
  }
  switch (kind) {
    case 'open':
      return 0;
    case 'bundle': {
      const { counts } = await exportBundle(session, run, { service: detail, out, replace: true });
      return counts.valid + counts.refused + counts.tampered;
    }
    case 'verify': {
      const report = await verifyAudit(session, () => run({ kind: 'verify' }));
      if (!report.ok) throw new Error(`the installation does not hold: ${report.findings[0]?.message}`);
      return report.entries;
    }
    default:
      throw new Error(`there is nothing called ${what} to measure`);
  }
}

const [folder = '', what = '', out = ''] = process.argv.slice(2);
const session = await openInstallation(seedPorts(folder));
const start = performance.now();
const before = process.cpuUsage();
const count = await work(session, what, out);
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
await session.close();
console.log(JSON.stringify({ count, seconds, cpuSeconds: (user + system) / 1e6, peak: peak() }));
