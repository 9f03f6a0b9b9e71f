import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { FilePlace } from './children/die-at-call.ts';
import { fileKeychain } from './file-keychain.ts';
import type { Place } from './keysmith.ts';
import { jsonOf, type Outcome } from './outcome.ts';
import { runNode } from './run-node.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SCRIPT = join(import.meta.dirname, 'children/die-at-call.ts');
const AT_ONCE = 2;

/** A command that is to die, and the passphrases that it is given. */
export interface Mortal {
  readonly argv: readonly string[];
  readonly passphrase?: string;
  readonly newPassphrase?: string;
  readonly backupPassphrase?: string;
  /** Only before every nth call, where there are too many to die before each in every run; absent: 1. */
  readonly every?: number;
}

/** How many calls apart the deaths are; KEYSMITH_TEST_EVERY=1 has a command die before each of them, and more often. */
export function callsApart(usual: number): number {
  return Number(process.env.KEYSMITH_TEST_EVERY ?? usual);
}

/** Where a command died. */
export interface Death {
  readonly folder: string;
  readonly place: Place;
  /** The call it died before, for messages. */
  readonly call: string;
}

/** A folder for one installation: its data folder in `data`, its keychain in a file beside it. */
export function placeIn(folder: string): Place & FilePlace {
  const keychainFile = join(folder, 'keychain.json');
  return { home: join(folder, 'data'), keychain: fileKeychain(keychainFile), keychainFile };
}

/**
 * Runs a command on copies of a folder, once for each call that changes anything on the disk, and kills it there.
 * `{folder}` in its arguments stands for the copy.
 *
 * @returns how many deaths were looked at
 */
export async function dieAtEveryCall(
  original: string,
  mortal: Mortal,
  check: (death: Death) => Promise<void>,
): Promise<number> {
  const survived = jsonOf(await run(copyOf(original), mortal, 0)) as { calls: number; outcome: Outcome };
  jsonOf(survived.outcome);
  const every = mortal.every ?? 1;
  // The last one always: there the command has all but answered.
  const deaths = Array.from({ length: survived.calls }, (_, index) => index + 1).filter(
    call => call % every === 0 || call === survived.calls,
  );
  const work = async () => {
    for (let call = deaths.shift(); call !== undefined; call = deaths.shift()) {
      const folder = copyOf(original);
      const { out, err } = await run(folder, mortal, call);
      if (out !== '') throw new Error(`Call ${call} did not kill: ${out}`);
      await check({ folder, place: placeIn(folder), call: `call ${call} of ${survived.calls}: ${err}` });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return survived.calls;
}

function copyOf(original: string): string {
  const copy = temporaryFolder();
  cpSync(original, copy, { recursive: true });
  return copy;
}

function run(folder: string, { argv, every: _, ...passphrases }: Mortal, dieAt: number): Promise<Outcome> {
  const { home, keychainFile } = placeIn(folder);
  const place: FilePlace = { home, keychainFile, ...passphrases };
  const args = [...argv.map(argument => argument.replace('{folder}', folder)), '--json'];
  return runNode(SCRIPT, [JSON.stringify(place), String(dieAt), ...args], process.env);
}
