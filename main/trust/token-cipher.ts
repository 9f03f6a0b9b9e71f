import { KeysmithError } from '../keys/errors.ts';
import type { TokenCipher } from '../keys/ports.ts';
import { createSecretBox } from './secret-box.ts';

/** Encrypts the tokens of public keys, bound to their credential, so that they can be copied again. */
export function createTokenCipher(key: Buffer | null): TokenCipher {
  const box = createSecretBox(key);
  return {
    encrypt: (token, owner) => box.encrypt(Buffer.from(token), owner),
    decrypt(encrypted, owner) {
      const token = box.decrypt(encrypted, owner);
      if (token) return token.toString();
      throw new KeysmithError(
        'TAMPERED',
        'The kept token was changed outside Keysmith and cannot be read. Rotate the key to get a new one.',
        { field: 'key' },
      );
    },
  };
}
