/**
 * Runs one command line and kills itself (SIGKILL) right before its Nth call that changes a file or touches the
 * database as a whole: `die-at-call.ts PLACE N ARGUMENT...`, where PLACE is a JSON {@link FilePlace}. Names the call
 * on standard error. With N = 0 it lives, and prints how many such calls there are.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { fileKeychain } from '../file-keychain.ts';
import { keysmith } from '../keysmith.ts';

/** A place whose keychain is a file, so that another process can take it up. */
export interface FilePlace {
  readonly home: string;
  readonly keychainFile: string;
  readonly passphrase?: string;
  readonly newPassphrase?: string;
  readonly backupPassphrase?: string;
}

type Callable = (...args: unknown[]) => unknown;

const FILE_CALLS = [
  'mkdirSync',
  'chmodSync',
  'openSync',
  'writeSync',
  'fsyncSync',
  'closeSync',
  'linkSync',
  'renameSync',
  'rmSync',
] as const;
const DATABASE_CALLS = ['exec', 'pragma', 'close'] as const;

const [, , placeText = '', dieAt = '0', ...argv] = process.argv;
const { keychainFile, ...place } = JSON.parse(placeText) as FilePlace;
const { writeSync } = fs;
/** Open files that count; what Node opens to load modules does not. */
const files = new Set<unknown>();
let calls = 0;

watch(fs as unknown as Record<string, Callable>, FILE_CALLS, subject =>
  typeof subject === 'string' ? subject.startsWith(dirname(place.home)) : files.has(subject),
);
syncBuiltinESMExports();
watch(Database.prototype as unknown as Record<string, Callable>, DATABASE_CALLS, () => true);

const outcome = await keysmith({ ...place, keychain: fileKeychain(keychainFile) }, ...argv);
writeSync(1, JSON.stringify({ calls, outcome }));

function watch(
  target: Record<string, Callable>,
  names: readonly string[],
  counts: (subject: unknown) => boolean,
): void {
  for (const name of names) {
    const call = target[name];
    if (!call) throw new Error(`There is no ${name} to die at.`);
    target[name] = function (this: unknown, ...args: unknown[]) {
      const [subject] = args;
      if (!counts(subject)) return call.apply(this, args);
      calls += 1;
      if (calls === Number(dieAt)) {
        writeSync(2, `${name} ${typeof subject === 'string' ? subject : ''}`);
        process.kill(process.pid, 'SIGKILL');
      }
      const result = call.apply(this, args);
      if (name === 'openSync') files.add(result);
      if (name === 'closeSync') files.delete(subject);
      return result;
    };
  }
}
