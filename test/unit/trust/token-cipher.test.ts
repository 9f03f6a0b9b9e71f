import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CredentialId } from '../../../main/keys/ids.ts';
import { createTokenCipher } from '../../../main/trust/token-cipher.ts';
import { refusal } from '../../fixtures/expect-failure.ts';

const MASTER = Buffer.alloc(32, 1);
const ONE = 'cr_0000000000000001' as CredentialId;
const OTHER = 'cr_0000000000000002' as CredentialId;
const TOKEN = 'sup_pk_0123456789abcdef_0123456789012345678901234567890123456789abc000000';

describe('a token that is kept', () => {
  const cipher = createTokenCipher(MASTER);

  it('is read again as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), token => {
        expect(cipher.decrypt(cipher.encrypt(token, ONE), ONE)).toBe(token);
      }),
    );
  });

  it('is read by a cipher of the same master key, and by no other', () => {
    const encrypted = cipher.encrypt(TOKEN, ONE);
    expect(createTokenCipher(Buffer.from(MASTER)).decrypt(encrypted, ONE)).toBe(TOKEN);
    refusal('TAMPERED', () => createTokenCipher(randomBytes(32)).decrypt(encrypted, ONE));
  });

  it('stays readable when the master key is wiped after the cipher was made', () => {
    const master = Buffer.from(MASTER);
    const made = createTokenCipher(master);
    master.fill(0);
    expect(made.decrypt(cipher.encrypt(TOKEN, ONE), ONE)).toBe(TOKEN);
  });

  it('belongs to one credential', () => {
    const { field, message } = refusal('TAMPERED', () => cipher.decrypt(cipher.encrypt(TOKEN, ONE), OTHER));
    expect(field).toBe('key');
    expect(message).not.toContain(TOKEN.slice(0, 30));
  });

  it('is refused when any of its bytes is changed or missing', () => {
    const encrypted = cipher.encrypt(TOKEN, ONE);
    expect(encrypted).toHaveLength(12 + TOKEN.length + 16);
    for (let at = 0; at < encrypted.length; at++) {
      const changed = Buffer.from(encrypted);
      changed[at] = (changed[at] ?? 0) ^ 1;
      refusal('TAMPERED', () => cipher.decrypt(changed, ONE));
      refusal('TAMPERED', () => cipher.decrypt(encrypted.subarray(0, at), ONE));
    }
    refusal('TAMPERED', () => cipher.decrypt(Buffer.concat([encrypted, Buffer.alloc(1)]), ONE));
  });

  it('gets another nonce each time', () => {
    const all = Array.from({ length: 1000 }, () => cipher.encrypt(TOKEN, ONE));
    expect(new Set(all.map(each => each.subarray(0, 12).toString('hex'))).size).toBe(1000);
    expect(new Set(all.map(each => each.subarray(12).toString('hex'))).size).toBe(1000);
    expect(all.filter(each => each.includes(TOKEN.slice(0, 8)))).toEqual([]);
  });
});
