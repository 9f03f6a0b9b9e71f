import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Keychain, type KeytarPort, systemKeychain } from '../../main/trust/keychain.ts';

type Entries = Readonly<Record<string, string>>;

/** A keychain that outlives its process: a file of JSON in place of the system's, under the same reading of answers. */
export function fileKeychain(path: string): Keychain {
  return systemKeychain(async () => fileKeytar(path));
}

function readKeychainFile(path: string): Entries {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Entries;
  } catch {
    return {};
  }
}

function fileKeytar(path: string): KeytarPort {
  return {
    getPassword: async (_service, account) => readKeychainFile(path)[account] ?? null,
    async setPassword(_service, account, password) {
      replaceFile(path, { ...readKeychainFile(path), [account]: password });
    },
    async deletePassword(_service, account) {
      const { [account]: gone, ...rest } = readKeychainFile(path);
      replaceFile(path, rest);
      return gone !== undefined;
    },
  };
}

/** In one step, as a real keychain does: a process that dies leaves the old entries or the new ones. */
function replaceFile(path: string, entries: Entries): void {
  writeFileSync(`${path}.new`, JSON.stringify(entries));
  renameSync(`${path}.new`, path);
}
