import { KeysmithError } from '../keys/errors.ts';
import type { TokenCipher } from '../keys/ports.ts';
import { createSecretBox } from './secret-box.ts';

/** Encrypts the tokens of public keys, bound to their credential, so that they can be copied again. */
export function createTokenCipher(key: Buffer | null): TokenCipher {
  const box = createSecretBox(key);
  return {
    encrypt: (token, credential) => box.encrypt(Buffer.from(token), credential),
    decrypt(encrypted, credential) {
      const token = box.decrypt(encrypted, credential);
      if (token) return token.toString();
      throw new KeysmithError(
        'TAMPERED',
        'The kept token was changed outside Keysmith and cannot be read. Rotate the key to get a new one.',
        { field: 'key' },
      );
    },
  };
}
