import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KeysmithError } from '../keys/errors.ts';
import { type KeptAside, keepAside, writeDurably } from '../store/durable-file.ts';
import { whyNotRead } from '../store/file-reasons.ts';
import { MASTER_KEY_LENGTH } from './derived-keys.ts';

export const VAULT_FILE = 'vault.age';

/** scrypt's work factor as a power of two: OWASP's recommendation, about half a second here. */
export const SCRYPT_LOG_N = 17;

/** What is inside `vault.age`, as JSON. */
const contentSchema = z.strictObject({
  format: z.literal('keysmith-vault/1'),
  installation: z.string(),
  master_key: z.base64url(),
});

export interface VaultContent {
  readonly installation: string;
  readonly masterKey: Buffer;
}

export function vaultPath(folder: string): string {
  return join(folder, VAULT_FILE);
}

/** Encrypts the master key to a passphrase, as an age file (C2SP age, scrypt recipient). */
export async function encryptVault(
  content: VaultContent,
  passphrase: string,
  logN = SCRYPT_LOG_N,
): Promise<Uint8Array> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase.normalize('NFC'));
  encrypter.setScryptWorkFactor(logN);
  const json = {
    format: 'keysmith-vault/1',
    installation: content.installation,
    master_key: content.masterKey.toString('base64url'),
  };
  return encrypter.encrypt(JSON.stringify(json));
}

/**
 * Opens `vault.age`.
 *
 * @throws VAULT_MISSING, VAULT_PASSPHRASE_WRONG, VAULT_WRONG when what is inside is not a master key
 */
export async function readVaultFile(folder: string, passphrase: string): Promise<VaultContent> {
  const path = vaultPath(folder);
  const file = readVaultBytes(path);
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  // Files from before passphrases were normalised have them as they were typed.
  for (const form of new Set([passphrase.normalize('NFC'), passphrase])) decrypter.addPassphrase(form);
  let text: string;
  try {
    text = await decrypter.decrypt(file, 'text');
  } catch (cause) {
    const isAge = Buffer.from(file.subarray(0, 21)).toString('latin1') === 'age-encryption.org/v1';
    if (!isAge)
      throw new KeysmithError(
        'VAULT_WRONG',
        `The file ${path} is not an age file, or is damaged. Put the installation's own file back.`,
        { cause },
      );
    throw new KeysmithError(
      'VAULT_PASSPHRASE_WRONG',
      'The passphrase does not open the vault. Nothing was changed; try again.',
      { field: 'passphrase', cause },
    );
  }
  return parseContent(path, text);
}

/** SECURITY: a failure here must not repeat any of the text, which holds the master key. */
function parseContent(path: string, text: string): VaultContent {
  const wrong = () =>
    new KeysmithError('VAULT_WRONG', `The file ${path} opens, but does not hold a master key.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong();
  }
  const parsed = contentSchema.safeParse(json);
  const masterKey = Buffer.from(parsed.data?.master_key ?? '', 'base64url');
  if (!parsed.success || masterKey.length < MASTER_KEY_LENGTH) throw wrong();
  return { installation: parsed.data.installation, masterKey };
}

function readVaultBytes(path: string): Uint8Array {
  if (!existsSync(path)) {
    throw new KeysmithError(
      'VAULT_MISSING',
      `The vault file ${path} is missing, and the database needs it. Put it back, or restore a backup.`,
    );
  }
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unreadable(path, 'The vault file', cause);
  }
}

/** A file of the vault that is there and cannot be read. */
export function unreadable(path: string, what: string, cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  return new KeysmithError(
    'VAULT_DENIED',
    `${what} ${path} cannot be read: ${whyNotRead(code)}. Nothing was changed; mend that, and try again.`,
    { cause },
  );
}

export function writeVaultFile(folder: string, file: Uint8Array, options: { replace: boolean }): void {
  try {
    writeDurably(vaultPath(folder), [file], options);
  } catch (cause) {
    if (!(cause instanceof KeysmithError)) throw cause;
    if (cause.code === 'FILE_EXISTS') {
      throw new KeysmithError(
        'VAULT_EXISTS',
        `There is a vault file ${vaultPath(folder)} without its database. It was left as it is. Another process may be making an installation here; if not, put its database back, or move the file to a safe place.`,
        { cause },
      );
    }
    throw new KeysmithError('VAULT_UNWRITABLE', cause.message, { cause });
  }
}

/** Keeps the vault file while it is replaced, so that it can be put back on a disk that is full by then. */
export function keepVaultAside(folder: string): KeptAside {
  try {
    return keepAside(vaultPath(folder));
  } catch (cause) {
    if (!(cause instanceof KeysmithError)) throw cause;
    throw new KeysmithError('VAULT_UNWRITABLE', cause.message, { cause });
  }
}
