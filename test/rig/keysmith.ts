import { randomBytes } from 'node:crypto';
import type { Io } from '../../main/cli/io.ts';
import { runCli } from '../../main/cli/run-cli.ts';
import type { Clock } from '../../main/keys/ids.ts';
import type { Keychain } from '../../main/trust/keychain.ts';
import { openInstallation } from '../../main/trust/open-installation.ts';
import type { InstallationPorts, Session } from '../../main/trust/session.ts';
import { WORKER } from '../fixtures/installation.ts';
import { memoryKeychain } from '../fixtures/memory-keychain.ts';
import type { Outcome } from './outcome.ts';

/** scrypt's work factor in tests: a vault that opens at once. */
export const SCRYPT_LOG_N = 10;
export const PASSPHRASE = 'nine hens on a red roof';

/** Where a command runs. Without a keychain or another passphrase, behind {@link PASSPHRASE}. */
export interface Place {
  readonly home: string;
  readonly keychain?: Keychain;
  readonly passphrase?: string;
  readonly newPassphrase?: string;
  readonly backupPassphrase?: string;
  readonly input?: string;
  /** The time; the real one where there is none. */
  readonly clock?: Clock;
  /** Told when something was printed: what was to be committed is. */
  readonly onOutput?: () => void;
  /** The program of background threads; absent: the real one. */
  readonly worker?: URL;
}

/** Runs one command line in this process, on the sources. */
export async function keysmith(place: Place, ...argv: readonly string[]): Promise<Outcome> {
  const written = { out: '', err: '' };
  const { passphrase = place.keychain ? undefined : PASSPHRASE } = place;
  const io: Io = {
    env: {
      KEYSMITH_HOME: place.home,
      ...(passphrase !== undefined && { KEYSMITH_PASSPHRASE: passphrase }),
      ...(place.newPassphrase !== undefined && { KEYSMITH_NEW_PASSPHRASE: place.newPassphrase }),
      ...(place.backupPassphrase !== undefined && { KEYSMITH_BACKUP_PASSPHRASE: place.backupPassphrase }),
    },
    ...portsOf(place),
    out: text => {
      written.out += text;
      place.onOutput?.();
    },
    err: text => {
      written.err += text;
    },
    readInput: async () => place.input ?? '',
    ask: undefined,
    worker: place.worker ?? WORKER,
    interruptible: work => work(new AbortController().signal),
  };
  return { code: await runCli(argv, io), ...written };
}

/** Opens an installation in this process. */
export async function openSession(place: Place, more: Partial<InstallationPorts> = {}): Promise<Session> {
  return openInstallation({
    folder: place.home,
    passphrase: async () => place.passphrase ?? PASSPHRASE,
    ...portsOf(place),
    ...more,
  });
}

function portsOf({ keychain = memoryKeychain(), clock = () => Math.floor(Date.now() / 1000) }: Place) {
  return {
    clock,
    random: randomBytes,
    keychain,
    scryptLogN: SCRYPT_LOG_N,
  };
}
