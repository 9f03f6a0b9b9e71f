import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { isCommand } from './system-packages.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A HAProxy that runs, as a service manager would run it: master and worker. */
export interface Haproxy {
  readonly url: string;
  /** Loads the configuration and the maps again; done when a new worker has them. @throws when they cannot be loaded */
  reload(): Promise<void>;
  /** What it wrote to stderr so far. */
  said(): string;
}

type Master = ChildProcessByStdio<null, null, Readable>;
type Environment = Readonly<Record<string, string>>;

/** What the master says at the end of every load. */
const LOADED = /Loading (success|failure)/g;

/** Why no HAProxy can be run here; undefined when one can. */
export function whyNoHaproxy(): string | undefined {
  if (!isCommand('haproxy')) return 'haproxy not found';
  const { stdout } = spawnSync('haproxy', ['-v'], { encoding: 'utf8', env: environment({}) });
  const [, major = '0', minor = '0'] = /version (\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  const isNewEnough = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 6);
  return isNewEnough ? undefined : `haproxy is older than 2.6: ${stdout}`;
}

/** Asks HAProxy whether it takes a configuration; warnings count as errors. */
export function checkHaproxyConfig(
  file: string,
  env: Environment = {},
): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('haproxy', ['-dW', '-c', '-f', file], {
    encoding: 'utf8',
    cwd: '/',
    env: environment(env),
  });
  return { code: status, said: stdout + stderr };
}

/** Runs HAProxy on a free port of this machine until the test is done. */
export async function startHaproxy(file: string, env: Environment): Promise<Haproxy> {
  const port = await freePort();
  const socket = join(temporaryFolder(), 'master.sock');
  const master = spawn('haproxy', ['-W', '-S', socket, '-f', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    env: environment({ ...env, KEYSMITH_BIND: `127.0.0.1:${port}` }),
  });
  const ended = once(master, 'exit');
  onTestFinished(async () => {
    master.kill('SIGTERM');
    await ended;
  });
  const stderr = collect(master);
  await loaded(master, stderr, 1);
  return {
    url: `http://127.0.0.1:${port}`,
    reload: async () => {
      await listening(master, socket);
      const loads = verdicts(stderr).length;
      master.kill('SIGUSR2');
      await loaded(master, stderr, loads + 1);
    },
    said: () => stderr.text,
  };
}

interface Collected {
  text: string;
}

function collect(master: Master): Collected {
  const collected = { text: '' };
  master.stderr.setEncoding('utf8').on('data', (part: string) => {
    collected.text += part;
  });
  return collected;
}

const verdicts = ({ text }: Collected) => [...text.matchAll(LOADED)].map(([, verdict]) => verdict);

/** Waits until the master has loaded so many times. */
async function loaded(master: Master, stderr: Collected, times: number): Promise<void> {
  const gone = new AbortController();
  master.once('close', () => gone.abort());
  while (verdicts(stderr).length < times) {
    if (master.exitCode !== null || master.signalCode !== null)
      throw new Error(`HAProxy ended:\n${stderr.text}`);
    await once(master.stderr, 'data', { signal: gone.signal }).catch(() => undefined);
  }
  if (verdicts(stderr).at(-1) === 'failure') throw new Error(`HAProxy could not load:\n${stderr.text}`);
}

/** Waits until the master can be told something: after each load it executes itself anew, and signals get lost. */
async function listening(master: Master, socket: string): Promise<void> {
  while (master.exitCode === null) {
    const connection = connect(socket);
    connection.end('show proc\n');
    const said = await text(connection).catch(() => '');
    if (said.includes('master')) return;
  }
}

/** Nothing of the surroundings: what they set for HAProxy would count as well. */
function environment(env: Environment): Record<string, string> {
  return { PATH: [process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(delimiter), ...env };
}
