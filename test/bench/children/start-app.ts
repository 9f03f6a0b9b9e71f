/**
 * Starts the built main process without a window, and prints how long it takes to the first page of 100 keys:
 * `start-app.ts FOLDER PASSPHRASE`. One process, one start: nothing is warm but the disk.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { StartTimes } from '../measure-start.ts';

const QUIET = new URL('quiet-electron.mjs', import.meta.url).href;
const MAIN = pathToFileURL(join(import.meta.dirname, '../../../dist/main/index.js')).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: QUIET, shortCircuit: true } : next(specifier, context),
});

type Call = (
  channel: string,
  request?: unknown,
) => Promise<{ readonly ok: boolean; readonly value: Record<string, unknown> }>;

const [, , folder = '', passphrase = ''] = process.argv;
process.env.KEYSMITH_HOME = folder;
const { call, handlers } = (await import(QUIET)) as { call: Call; handlers: Map<string, unknown> };

const begun = performance.now();
await import(MAIN);
const loaded = performance.now();
while (!handlers.has('app:state')) await nextTurn();
const { kind } = await answerTo('app:state');
const seen = performance.now();
// The installation that is measured is behind a passphrase, where most are in a keychain, which answers at once. What
// decrypts its vault is no part of the start: a wrong passphrase loads it.
if (kind === 'passphrase') await call('app:unlock', { passphrase: `not ${passphrase}` });
const asked = performance.now();
const state = kind === 'passphrase' ? await answerTo('app:unlock', { passphrase }) : { kind };
if (state.kind !== 'ready') throw new Error(`The app is ${state.kind}, and nothing can be measured.`);
const ready = performance.now();
const sort = { field: 'created', descending: true };
const { keys } = await answerTo('keys:page', { sort, offset: 0, limit: 100 });
const paged = performance.now();
const times: StartTimes = {
  load: loaded - begun,
  open: seen - loaded + (ready - asked),
  page: paged - ready,
  total: paged - begun - (asked - seen),
  rows: (keys as readonly unknown[]).length,
};
process.stdout.write(JSON.stringify(times), () => process.exit(0));

async function answerTo(channel: string, request?: unknown) {
  const answer = await call(channel, request);
  if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer)}`);
  return answer.value;
}
