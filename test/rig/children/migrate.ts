/** Opens a database with one more migration than there is: `migrate.ts DATABASE`. Starts at a line on its input. */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../main/store/open-database.ts';
import { nextLine } from './next-line.ts';
import { NEXT_MIGRATIONS } from './synthetic-migrations.ts';

writeSync(1, 'ready\n');
await nextLine();
openDatabase(process.argv[2] ?? '', NEXT_MIGRATIONS).close();
