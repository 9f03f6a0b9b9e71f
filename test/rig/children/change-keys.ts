/**
 * Creates and revokes keys in one open installation, without end: `change-keys.ts HOME KEYCHAIN_FILE`.
 *
 * Waits for a line on standard input before it starts: `N STEP`, to stand still at that step of change N until it is
 * killed, or `0 none`. Every step is a line on standard output, written before the next one is taken; `done ID TOKEN`
 * and `done ID revoked` acknowledge a change. KEYCHAIN_FILE stands for the system's keychain.
 */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createKey } from '../../../main/keys/create-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { fileKeychain } from '../file-keychain.ts';
import { nextLine } from './next-line.ts';

const [, , folder = '', keychainFile = ''] = process.argv;
/** How long a process stands still when nobody kills it, in milliseconds. */
const PATIENCE = 60_000;

// A process that is killed would never save what it compiled.
flushCompileCache();
const [pauseAt, pauseStep] = (await nextLine()).split(' ');
let change = 0;

const say = (line: string) => void writeSync(1, `${line}\n`);
const reached = (step: string) => {
  say(step);
  if (String(change) !== pauseAt || step !== pauseStep) return;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
};

const session = await openInstallation({
  folder,
  keychain: fileKeychain(keychainFile),
  clock: () => Math.floor(Date.now() / 1000),
  random: randomBytes,
  passphrase: async () => '',
  onStep: reached,
});
say('ready');

for (;;) {
  change += 1;
  reached('before');
  const name = `key ${randomBytes(9).toString('base64url')}`;
  const permissions = ['computers:read', 'groups:write'];
  const { key, token } = createKey(session.ports, session.actor, { service: 'team-api', name, permissions });
  say(`done ${key.id} ${token}`);
  if (change % 3 === 0) {
    change += 1;
    reached('before');
    revokeKey(session.ports, session.actor, { key: key.id, reason: 'no longer needed' });
    say(`done ${key.id} revoked`);
  }
}
