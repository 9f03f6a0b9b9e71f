import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type KeyringState, startKeyring } from './keyring-session.ts';
import type { Environment } from './run-node.ts';

/**
 * Runs `work` with the environment of a program on a desktop in this state. Keyring, settings and runtime files are
 * all under `home`, and bus and daemon end afterwards, also when the test runs out of time.
 */
export async function withKeyring<T>(
  home: string,
  state: KeyringState,
  work: (env: Environment) => Promise<T>,
): Promise<T> {
  const session = await startKeyring(home, state);
  onTestFinished(() => session.end());
  try {
    return await work(session.env);
  } finally {
    await session.end();
  }
}

/** Where a home's keyring files are. */
export function keyringFolder(home: string): string {
  return join(home, '.local/share/keyrings');
}
