import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { KeysmithError } from '../keys/errors.ts';
import type { TokenCipher } from '../keys/ports.ts';
import { deriveTokenKey } from './derived-keys.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/**
 * Encrypts the tokens of public keys, so that they can be copied again: AES-256-GCM, a random nonce of 12 bytes
 * before the ciphertext, the tag of 16 bytes after it, the credential ID as associated data.
 */
export function createTokenCipher(masterKey: Buffer): TokenCipher {
  const key = createSecretKey(deriveTokenKey(masterKey));
  return {
    encrypt(token, credential) {
      const nonce = randomBytes(NONCE_LENGTH);
      // SECURITY: bound to its credential, so that a ciphertext moved to another row cannot be read there.
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(credential));
      return Buffer.concat([nonce, cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(encrypted, credential) {
      try {
        const nonce = encrypted.subarray(0, NONCE_LENGTH);
        const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_LENGTH })
          .setAAD(Buffer.from(credential))
          .setAuthTag(encrypted.subarray(-TAG_LENGTH));
        return (
          decipher.update(encrypted.subarray(NONCE_LENGTH, -TAG_LENGTH), undefined, 'utf8') +
          decipher.final('utf8')
        );
      } catch (cause) {
        throw new KeysmithError(
          'TAMPERED',
          'The kept token was changed outside Keysmith and cannot be read. Rotate the key to get a new one.',
          { field: 'key', cause },
        );
      }
    },
  };
}
