/**
 * Runs one command line and kills itself (SIGKILL) right before its Nth call that changes a file or touches the
 * database as a whole, here or in a worker: `die-at-call.ts PLACE N ARGUMENT...`, where PLACE is a JSON
 * {@link FilePlace}. Names the call on standard error. With N = 0 it lives, and prints how many such calls there are.
 */
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { fileKeychain } from '../file-keychain.ts';
import { keysmith } from '../keysmith.ts';
import { sharedCount, watchCalls } from './watch-calls.ts';

/** A place whose keychain is a file, so that another process can take it up. */
export interface FilePlace {
  readonly home: string;
  readonly keychainFile: string;
  readonly passphrase?: string;
  readonly newPassphrase?: string;
  readonly backupPassphrase?: string;
}

const [, , placeText = '', dieAt = '0', ...argv] = process.argv;
const { keychainFile, ...place } = JSON.parse(placeText) as FilePlace;
const count = sharedCount(dirname(place.home), Number(dieAt));
watchCalls(count);
setEnvironmentData('count', count);

const worker = new URL('watched-worker.ts', import.meta.url);
const outcome = await keysmith({ ...place, keychain: fileKeychain(keychainFile), worker }, ...argv);
writeSync(1, JSON.stringify({ calls: count.calls[0], outcome }));
