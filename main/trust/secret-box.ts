import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { KeysmithError } from '../keys/errors.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Encrypts what the database keeps of secrets, each bound to what it belongs to. */
export interface SecretBox {
  encrypt(plain: Buffer, owner: string): Buffer;
  /** Undefined when it is not what `encrypt` gave for this owner. */
  decrypt(encrypted: Buffer, owner: string): Buffer | undefined;
}

/** The box of an operator who was not given its key. @throws NOT_ALLOWED whenever it is used */
const CLOSED: SecretBox = { encrypt: refuse, decrypt: refuse };

function refuse(): never {
  throw new KeysmithError(
    'NOT_ALLOWED',
    'This operator was given no key that signs or decrypts. Ask an owner for another role.',
  );
}

/**
 * AES-256-GCM: a random nonce of 12 bytes, the ciphertext, the tag of 16 bytes; the owner as associated data.
 *
 * @param key 32 bytes, used for nothing else; null for an operator who was not given it
 */
export function createSecretBox(key: Buffer | null): SecretBox {
  if (!key) return CLOSED;
  const secret = createSecretKey(key);
  return {
    encrypt(plain, owner) {
      const nonce = randomBytes(NONCE_LENGTH);
      // SECURITY: bound to its owner, so that a ciphertext moved to another row cannot be read there.
      const cipher = createCipheriv(ALGORITHM, secret, nonce).setAAD(Buffer.from(owner));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(encrypted, owner) {
      try {
        const decipher = createDecipheriv(ALGORITHM, secret, encrypted.subarray(0, NONCE_LENGTH), {
          authTagLength: TAG_LENGTH,
        })
          .setAAD(Buffer.from(owner))
          .setAuthTag(encrypted.subarray(-TAG_LENGTH));
        return Buffer.concat([
          decipher.update(encrypted.subarray(NONCE_LENGTH, -TAG_LENGTH)),
          decipher.final(),
        ]);
      } catch {
        return undefined;
      }
    },
  };
}
