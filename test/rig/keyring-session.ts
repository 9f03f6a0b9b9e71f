import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { isCommand } from './system-packages.ts';

/**
 * What a program finds when it asks for the Secret Service:
 * - `unlocked`, `locked`: a real gnome-keyring; `locked` is one that was unlocked before, on the same home
 * - `empty bus`: a session bus on which nobody offers the service
 * - `no bus`: not even that
 */
export type KeyringState = 'unlocked' | 'locked' | 'empty bus' | 'no bus';

/** The desktop session that a program finds itself in. */
export interface KeyringSession {
  /** Home, runtime folder and bus; nothing of the real session. */
  readonly env: Record<string, string>;
  end(): Promise<void>;
}

type Bus = ChildProcessByStdio<Writable, Readable, null>;

const PASSWORD = 'password of the login keyring';

/** Brought up, the session says so with its address, and lives until its input ends: also when this process dies. */
const KEEP = 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat >/dev/null';
const SCRIPTS: Readonly<Record<Exclude<KeyringState, 'no bus'>, string>> = {
  unlocked: `printf %s '${PASSWORD}' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && ${KEEP}`,
  locked: `gnome-keyring-daemon --start --components=secrets >/dev/null && ${KEEP}`,
  'empty bus': KEEP,
};

/** A session bus without any service that could be started on demand. */
const EMPTY_BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** Why no keyring can be had here; undefined when one can. */
export function whyNoKeyring(): string | undefined {
  if (process.platform !== 'linux') return 'the Secret Service is a Linux service';
  const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter(name => !isCommand(name));
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not found`;
}

/** Starts a desktop session in this state. Keyring, settings and runtime files are all under `home`. */
export async function startKeyring(home: string, state: KeyringState): Promise<KeyringSession> {
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  const env = { PATH: process.env.PATH ?? '', HOME: home, XDG_RUNTIME_DIR: join(home, 'run') };
  if (state === 'no bus') return { env, end: async () => undefined };
  const bus = startBus(home, state, env);
  const end = async () => {
    bus.stdin.end();
    if (bus.exitCode === null) await once(bus, 'exit');
  };
  return { env: { ...env, DBUS_SESSION_BUS_ADDRESS: await addressOf(bus) }, end };
}

function startBus(home: string, state: Exclude<KeyringState, 'no bus'>, env: Record<string, string>): Bus {
  const config = join(home, 'empty-bus.conf');
  if (state === 'empty bus') writeFileSync(config, EMPTY_BUS);
  const options = state === 'empty bus' ? [`--config-file=${config}`] : [];
  return spawn('dbus-run-session', [...options, '--', 'sh', '-c', SCRIPTS[state]], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

async function addressOf(bus: Bus): Promise<string> {
  for await (const line of createInterface(bus.stdout)) return line;
  throw new Error('The session bus ended before it was up.');
}
