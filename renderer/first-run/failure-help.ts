import type { ErrorCode } from '../../preload/contract.ts';

interface Help {
  readonly title: string;
  readonly advice: string;
}

const OTHER: Help = {
  title: 'Keysmith cannot start',
  advice: 'Mend what the sentence above names, then try again. Your keys are still in the data folder.',
};
const KEYCHAIN: Help = {
  title: 'The keychain does not answer',
  advice: 'Unlock the keychain of your system, allow Keysmith to use it, then try again.',
};
const FOLDER: Help = {
  title: 'The data folder cannot be written',
  advice: 'Give your account the right to write to the data folder, or free some space, then try again.',
};
const BACKUP: Help = {
  title: 'The database cannot be read',
  advice: 'Copy the data folder to a safe place first. Then put a backup of it in its place and try again.',
};

const HELP: Readonly<Partial<Record<ErrorCode, Help>>> = {
  VAULT_LOCKED: KEYCHAIN,
  VAULT_DENIED: KEYCHAIN,
  VAULT_NO_SERVICE: {
    title: 'The keychain does not answer',
    advice: 'Start the keychain service of your system and sign in to it, then try again.',
  },
  VAULT_MISSING: {
    title: 'The master key is missing',
    advice:
      'The data folder belongs to another account or machine, or the master key was deleted. Bring the keychain entry, or the vault file, back, then try again.',
  },
  VAULT_WRONG: {
    title: 'The master key does not fit',
    advice:
      'The keychain, or the vault file, holds the key of another installation. Bring the right one back, then try again.',
  },
  STORE_DAMAGED: BACKUP,
  STORE_FOREIGN: BACKUP,
  STORE_EMPTY: BACKUP,
  TAMPERED: {
    title: 'The database was changed outside Keysmith',
    advice: 'Copy the data folder to a safe place first. Then put a backup of it in its place and try again.',
  },
  STORE_MISSING: {
    title: 'The database is gone',
    advice:
      'If the data folder was moved, move it back; otherwise put a backup of it in its place. Then try again.',
  },
  STORE_REPLACED: {
    title: 'The database is not the one that was open',
    advice: 'Find out who put it there. Then try again, to work with the database that is there now.',
  },
  STORE_NEWER: {
    title: 'The database is from a newer Keysmith',
    advice: 'Install the newer version of Keysmith that wrote it, then start again. Nothing was changed.',
  },
  STORE_READ_ONLY: FOLDER,
  STORE_FULL: FOLDER,
  STORE_UNSAFE: {
    title: 'The data folder is not safe',
    advice: 'Make sure that only your account can read and write the data folder, then try again.',
  },
  STORE_BUSY: {
    title: 'The database is in use',
    advice: 'Another program holds the database. Wait until it is done or end it, then try again.',
  },
};

/** What an admin can do about a failure at start. */
export function failureHelp(code: ErrorCode | undefined): Help {
  return (code && HELP[code]) ?? OTHER;
}
