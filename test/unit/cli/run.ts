import { randomBytes } from 'node:crypto';
import type { Io } from '../../../main/cli/io.ts';
import { runCli } from '../../../main/cli/run-cli.ts';
import { NOW, type TestClock, WORKER } from '../../fixtures/installation.ts';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

export interface CliResult {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** What `--json` printed. */
  readonly json: () => ReturnType<typeof JSON.parse>;
  readonly error: () => { readonly code: string; readonly message: string; readonly field: string | null };
}

/** A command line with a data folder, a clock and a keychain of its own. */
export function commandLine(env: Record<string, string> = {}) {
  const clock: TestClock = { now: NOW };
  const folder = temporaryFolder();
  const keychain = memoryKeychain();
  const run = async (argv: readonly string[], input = '', change: Partial<Io> = {}): Promise<CliResult> => {
    let out = '';
    let err = '';
    const exit = await runCli(argv, {
      env: { KEYSMITH_HOME: folder, ...env },
      clock: () => clock.now,
      random: randomBytes,
      keychain,
      scryptLogN: 10,
      ask: undefined,
      worker: WORKER,
      interruptible: work => work(new AbortController().signal),
      readInput: async () => input,
      out: text => {
        out += text;
      },
      err: text => {
        err += text;
      },
      ...change,
    });
    return { exit, out, err, json: () => JSON.parse(out), error: () => JSON.parse(err).error };
  };
  return { run, clock, folder, keychain };
}
