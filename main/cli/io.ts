import { randomBytes } from 'node:crypto';
import type { RandomBytes } from '../keys/base62.ts';
import type { Clock } from '../keys/ids.ts';
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
  /** Asks at the terminal without echo; undefined where there is no terminal. */
  readonly ask: ((prompt: string) => Promise<string>) | undefined;
  /** scrypt's work factor for new vault files; undefined takes the default. */
  readonly scryptLogN?: number | undefined;
}

export function systemIo(): Io {
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  // Whoever reads the output may stop early (head, less); that is no failure.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
  return {
    env: process.env,
    clock: () => Math.floor(Date.now() / 1000),
    random: randomBytes,
    keychain: systemKeychain(),
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    ask: interactive ? askHidden : undefined,
  };
}

async function askHidden(prompt: string): Promise<string> {
  const { read } = await import('read');
  // Ctrl-C at the prompt gives no passphrase, which is refused in its own words.
  return read({ prompt, silent: true, output: process.stderr }).catch(() => '');
}
