/**
 * Brings a database to a schema of one step more than there is: `migrate.ts DATABASE [N]`. Starts at a line on its
 * input. Kills itself before its Nth call that changes anything on the disk; prints how many such calls it made.
 */
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { bringUpToDate } from '../../../main/store/bring-up-to-date.ts';
import { nextLine } from './next-line.ts';
import { NEXT_MIGRATIONS } from './synthetic-migrations.ts';
import { sharedCount, watchCalls } from './watch-calls.ts';

const [, , path = '', dieAt = '0'] = process.argv;
const count = sharedCount(dirname(path), Number(dieAt));
writeSync(1, 'ready\n');
await nextLine();
watchCalls(count);
await bringUpToDate(path, { migrations: NEXT_MIGRATIONS });
writeSync(1, String(count.calls[0]));
