import { type Keychain, type KeytarPort, systemKeychain } from '../../main/trust/keychain.ts';

/** A keychain that answers from memory, under Keysmith's own reading of keytar's answers. */
export function memoryKeychain(entries = new Map<string, string>()): Keychain {
  return systemKeychain(async () => memoryKeytar(entries));
}

function memoryKeytar(entries: Map<string, string>): KeytarPort {
  return {
    getPassword: async (_service, account) => entries.get(account) ?? null,
    setPassword: async (_service, account, password) => void entries.set(account, password),
    deletePassword: async (_service, account) => entries.delete(account),
  };
}
