import { join } from 'node:path';
import { jsonOf, type Outcome } from './outcome.ts';
import { CLI, type Environment, runNode } from './run-node.ts';

/** An installation made by the built command line, with its master key in a real keychain. */
export interface KeychainInstallation {
  /** Of the login keyring and all else. */
  readonly home: string;
  readonly folder: string;
  /** The installation's ID: the account of its entry in the keychain. */
  readonly id: string;
}

/** Where the data folder of a home is. */
function dataFolderOf(home: string): string {
  return join(home, 'data');
}

/** Runs the built command line on the data folder of a home. */
export function runCommand(
  home: string,
  env: Environment,
  argv: readonly string[],
  more: Environment = {},
): Promise<Outcome> {
  return runNode(CLI, argv, { ...env, KEYSMITH_HOME: dataFolderOf(home), ...more });
}

export async function initInKeychain(home: string, env: Environment): Promise<KeychainInstallation> {
  const { installation } = jsonOf(await runCommand(home, env, ['init', '--vault', 'keychain', '--json'])) as {
    installation: string;
  };
  return { home, folder: dataFolderOf(home), id: installation };
}

const ENTRY = join(import.meta.dirname, 'keychain-entry.ts');

export async function readEntry(env: Environment, account: string): Promise<string | null> {
  return jsonOf(await runNode(ENTRY, ['get', account], env)) as string | null;
}

export async function writeEntry(env: Environment, account: string, secret: string): Promise<void> {
  jsonOf(await runNode(ENTRY, ['set', account, secret], env));
}

export async function deleteEntry(env: Environment, account: string): Promise<void> {
  jsonOf(await runNode(ENTRY, ['delete', account], env));
}
