import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { RandomBytes } from '../keys/base62.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Clock } from '../keys/ids.ts';
import { whyNotWritten } from '../store/file-reasons.ts';
import { type Keychain, systemKeychain } from '../trust/keychain.ts';

/** Everything outside the program that a command touches; replaced as a whole in tests and by `demo`. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly keychain: Keychain;
  out(text: string): void;
  err(text: string): void;
  /** Standard input to its end, as text. */
  readInput(): Promise<string>;
  /** Whether a person reads standard error, at a terminal. */
  readonly terminal?: boolean | undefined;
  /** Asks at the terminal without echo; undefined where there is no terminal. */
  readonly ask: ((prompt: string) => Promise<string>) | undefined;
  /** The program that does long work beside this one. */
  readonly worker: URL;
  /** Runs work that Ctrl-C ends in order instead of at once. */
  interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** scrypt's work factor for new vault files; undefined takes the default. */
  readonly scryptLogN?: number | undefined;
}

/** Nobody reads the output any more (`| head`): there is nothing left to do and nobody to tell. */
export class OutputClosed extends Error {}

/** A command said no, and has said so: nothing more is printed. */
export class ExitRefused extends Error {}

export function systemIo(worker: URL): Io {
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  return {
    env: process.env,
    clock: () => Math.floor(Date.now() / 1000),
    random: randomBytes,
    keychain: systemKeychain(),
    out: text => writeOut(text),
    err: text => void process.stderr.write(text),
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    terminal: process.stderr.isTTY,
    ask: interactive ? askHidden : undefined,
    worker,
    interruptible: untilInterrupted,
  };
}

async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/**
 * Writes to standard output and returns when it is written: a secret that cannot be printed must be noticed before
 * its key exists.
 *
 * @throws FILE_UNWRITABLE, OutputClosed
 */
function writeOut(text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new OutputClosed('standard output was closed');
      // A pipe that is full for the moment; whoever reads it makes room.
      if (code !== 'EAGAIN') {
        throw new KeysmithError(
          'FILE_UNWRITABLE',
          `Standard output cannot be written: ${whyNotWritten(code ?? 'unknown')}.`,
          {
            field: 'stdout',
            cause,
          },
        );
      }
    }
  }
}

/** Asks at the terminal without echo; what is given up on (Ctrl-C, Ctrl-D) is empty, and refused in its own words. */
function askHidden(prompt: string): Promise<string> {
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: muted, terminal: true });
  process.stderr.write(prompt);
  return new Promise(resolve => {
    terminal.on('SIGINT', () => terminal.close());
    terminal.on('close', () => {
      process.stderr.write('\n');
      resolve('');
    });
    terminal.question('', answer => {
      resolve(answer);
      terminal.close();
    });
  });
}
