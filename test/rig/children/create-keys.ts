/**
 * Creates keys in one open installation: `create-keys.ts HOME PREFIX COUNT`. Says `ready`, starts at a line on its
 * input, and prints the ID of every key it made.
 */
import { writeSync } from 'node:fs';
import { createKey } from '../../../main/keys/create-key.ts';
import { openSession } from '../keysmith.ts';
import { nextLine } from './next-line.ts';

const [, , home = '', prefix = '', count = '0'] = process.argv;
const session = await openSession({ home });
writeSync(1, 'ready\n');
await nextLine();
for (let n = 0; n < Number(count); n += 1) {
  const name = `${prefix} ${n}`;
  const permissions = ['computers:read'];
  const { key } = createKey(session.ports, session.actor, { service: 'team-api', name, permissions });
  writeSync(1, `${key.id}\n`);
}
await session.close();
