import { KeysmithError } from '../keys/errors.ts';

/** The OS keychain, as far as Keysmith uses it. Every failure is one of the vault's own states. */
export interface Keychain {
  /** @returns the secret; never null */
  read(account: string): Promise<string>;
  /** @returns the secret, or null when the keychain answers and has none */
  find(account: string): Promise<string | null>;
  write(account: string, secret: string): Promise<void>;
  remove(account: string): Promise<void>;
}

/** The three calls of keytar that are safe; its `findCredentials` can crash on a locked keyring. */
export interface KeytarPort {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const SERVICE = 'Keysmith';
const OTHERWISE = 'Keysmith can also keep its master key behind a passphrase.';

/** The keychain of this system; keytar's library is loaded when it is first asked. */
export function systemKeychain(load: () => Promise<KeytarPort> = loadKeytar): Keychain {
  const ask = async <T>(call: (keytar: KeytarPort) => Promise<T>): Promise<T> => {
    let keytar: KeytarPort;
    try {
      keytar = await load();
    } catch (cause) {
      throw new KeysmithError(
        'VAULT_NO_SERVICE',
        `The library of the system keychain cannot be loaded${process.platform === 'linux' ? ' (on Debian: libsecret-1-0)' : ''}. ${OTHERWISE}`,
        { cause },
      );
    }
    try {
      return await call(keytar);
    } catch (error) {
      throw classify(error);
    }
  };

  const find = async (account: string): Promise<string | null> => {
    const secret = await ask(keytar => keytar.getPassword(SERVICE, account));
    if (secret !== null) return secret;
    await requireUnlocked();
    return null;
  };

  /**
   * A locked keyring answers `null` like one that has no such entry. What tells them apart is that a locked one
   * refuses to write; the entry that proves it is removed at once.
   */
  const requireUnlocked = async (): Promise<void> => {
    const probe = `probe-${process.pid}`;
    await ask(async keytar => {
      try {
        await keytar.setPassword(SERVICE, probe, 'probe');
      } catch (cause) {
        if (isNoService(cause) || isDenied(cause)) throw cause;
        throw new KeysmithError(
          'VAULT_LOCKED',
          'The system keychain is locked. Unlock it (log in to the desktop session, or unlock the login keyring) and try again.',
          { cause },
        );
      }
      await keytar.deletePassword(SERVICE, probe);
    });
  };

  return {
    find,
    async read(account) {
      const secret = await find(account);
      if (secret !== null) return secret;
      throw new KeysmithError(
        'VAULT_MISSING',
        `The system keychain has no entry of this installation (service ${SERVICE}, account ${account}). The database was made with another user account or machine, or the entry was deleted; restore a backup.`,
      );
    },
    async write(account, secret) {
      try {
        await ask(keytar => keytar.setPassword(SERVICE, account, secret));
      } catch (error) {
        if (error instanceof KeysmithError && error.code !== 'VAULT_DENIED') throw error;
        await requireUnlocked();
        throw error;
      }
    },
    remove: account => ask(async keytar => void (await keytar.deletePassword(SERVICE, account))),
  };
}

async function loadKeytar(): Promise<KeytarPort> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

/** libsecret has no codes, only sentences of D-Bus and GLib; these parts of them are names and not translated. */
function isNoService(error: unknown): boolean {
  return (
    process.platform === 'linux' &&
    /D-Bus|DBus|org\.freedesktop\.secrets|ServiceUnknown|NoReply|Could not connect/i.test(messageOf(error)) &&
    !isDenied(error)
  );
}

function isDenied(error: unknown): boolean {
  return /denied|dismissed|cancell?ed|not allowed|AccessDenied|-128|-25293|-25308/i.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function classify(error: unknown): unknown {
  if (error instanceof KeysmithError) return error;
  if (isNoService(error)) {
    return new KeysmithError(
      'VAULT_NO_SERVICE',
      `No system keychain answers here (no Secret Service on the session bus). ${OTHERWISE}`,
      { cause: error },
    );
  }
  return new KeysmithError(
    'VAULT_DENIED',
    'The system keychain refused access. Allow Keysmith to use it and try again.',
    { cause: error },
  );
}
