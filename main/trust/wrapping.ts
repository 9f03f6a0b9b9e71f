import { hkdfSync, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Operator, OperatorRole } from '../keys/operator.ts';
import { SCRYPT_LOG_N } from './passphrase-file.ts';
import { createSecretBox } from './secret-box.ts';
import { openSecrets, packSecrets, type Secrets } from './secrets.ts';

/** HKDF's `info`, with which a passphrase and the vault's part become the key of one operator. */
const LABEL = 'keysmith/1/operator';
const SALT_LENGTH = 16;
const KEY_LENGTH = 32;

/** How an operator's secrets were wrapped; stands in the operator's row as JSON. */
const wrappingSchema = z.strictObject({
  /** The wrapping generation, to which the vault's part belongs. */
  generation: z.int().min(1),
  /** Of scrypt, base64url. */
  salt: z.base64url(),
  /** scrypt's N as a power of two, with r = 8 and p = 1. Bounded: a row that was edited must not eat the memory. */
  log_n: z.int().min(1).max(18),
  /** What scrypt gave, as an age file for owners: with it they wrap new secrets without knowing the passphrase. */
  kept: z.base64(),
  /** An owner left who may know what scrypt gave: it is given another salt with the next right passphrase. */
  renew: z.boolean(),
});
export type Wrapping = z.infer<typeof wrappingSchema>;

/** What came of a passphrase: with the vault's part it opens what is wrapped. */
export interface Stretched {
  readonly salt: Buffer;
  readonly logN: number;
  readonly bytes: Buffer;
}

/** In the place of a passphrase while the lock is off: what the vault holds opens alone. */
export const NO_PASSPHRASE: Stretched = { salt: Buffer.alloc(0), logN: 1, bytes: Buffer.alloc(0) };

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** scrypt (RFC 7914) over the passphrase in NFC, r = 8, p = 1: 128 MB for half a second. */
export async function stretch(
  passphrase: string,
  { salt = randomBytes(SALT_LENGTH), logN = SCRYPT_LOG_N }: { salt?: Buffer; logN?: number | undefined } = {},
): Promise<Stretched> {
  const N = 2 ** logN;
  const bytes = await derive(passphrase.normalize('NFC'), salt, KEY_LENGTH, {
    N,
    r: 8,
    p: 1,
    maxmem: 256 * N * 8,
  });
  return { salt, logN, bytes };
}

/** What an operator in this role is given of the secrets. SECURITY: this is the limit that no edited program lifts. */
export function shareOf(secrets: Secrets, role: OperatorRole): Secrets {
  const share = { ...secrets, part: null };
  switch (role) {
    case 'owner':
      return share;
    case 'admin':
    case 'manager':
      return { ...share, owner: null };
    case 'viewer':
      return { ...share, owner: null, tokens: null, signing: null };
  }
}

/**
 * Wraps secrets for one operator: AES-256-GCM under HKDF-SHA-256(scrypt(passphrase) ‖ part of the vault), bound to the
 * operator and the generation.
 *
 * @param part 32 bytes of the vault, or none where passphrases protect alone
 */
export async function wrapFor(
  operator: Pick<Operator, 'name' | 'role'>,
  secrets: Secrets,
  stretched: Stretched,
  { generation, part, renew = false }: { generation: number; part: Buffer; renew?: boolean },
): Promise<{ readonly wrappedKey: Buffer; readonly wrapping: string }> {
  if (secrets.recipient === null) throw new Error('there is nobody to keep it for');
  const box = createSecretBox(keyOf(stretched.bytes, part));
  const wrapping: Wrapping = {
    generation,
    salt: stretched.salt.toString('base64url'),
    log_n: stretched.logN,
    kept: (await encryptTo(secrets.recipient, stretched.bytes)).toString('base64'),
    renew,
  };
  const packed = packSecrets(shareOf(secrets, operator.role));
  const wrappedKey = box.encrypt(packed, boundTo(operator.name, generation));
  packed.fill(0);
  return { wrappedKey, wrapping: JSON.stringify(wrapping) };
}

/** @returns undefined when the passphrase or the vault's part is not the one that it was wrapped with */
export function unwrap(
  operator: { readonly name: string; readonly wrappedKey: Buffer },
  generation: number,
  stretched: Stretched,
  part: Buffer,
): Secrets | undefined {
  const box = createSecretBox(keyOf(stretched.bytes, part));
  const packed = box.decrypt(operator.wrappedKey, boundTo(operator.name, generation));
  const secrets = packed && openSecrets(packed);
  return secrets && { ...secrets, part: Buffer.from(part) };
}

/** @returns undefined for what is no wrapping */
export function parseWrapping(text: string | null): Wrapping | undefined {
  try {
    return wrappingSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}

/** What an owner's identity opens of `kept`; undefined when it was edited. */
export async function keptStretched(wrapping: Wrapping, identity: string): Promise<Stretched | undefined> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    const bytes = Buffer.from(await decrypter.decrypt(Buffer.from(wrapping.kept, 'base64')));
    return { salt: Buffer.from(wrapping.salt, 'base64url'), logN: wrapping.log_n, bytes };
  } catch {
    return undefined;
  }
}

async function encryptTo(recipient: string, bytes: Buffer): Promise<Buffer> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(bytes));
}

function keyOf(stretched: Buffer, part: Buffer): Buffer {
  const material = Buffer.concat([stretched, part]);
  return Buffer.from(hkdfSync('sha256', material, Buffer.alloc(0), LABEL, KEY_LENGTH));
}

/** SECURITY: what was wrapped for another operator or in another generation does not open here. */
function boundTo(name: string, generation: number): string {
  return `operator ${generation} ${name}`;
}
