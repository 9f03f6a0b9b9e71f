import { describe, expect, it } from 'vitest';
import { keyMapLine, permissionMapLine } from '../../../main/exchange/gateway-maps.ts';
import type { KeyId } from '../../../main/keys/ids.ts';
import { tokenDigest } from '../../../main/keys/opaque-token.ts';

const keyId = 'ak_0123456789abcdef' as KeyId;
const digestHex = tokenDigest('abc').toString('hex');

describe('the maps of a gateway', () => {
  it('lead from the digest of a token to its key and its end', () => {
    expect(keyMapLine({ digestHex, keyId, notAfter: 1_900_000_000 })).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad ak_0123456789abcdef:1900000000',
    );
  });

  it('say 0 of a key that never expires', () => {
    expect(keyMapLine({ digestHex, keyId, notAfter: null })).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad ak_0123456789abcdef:0',
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('never say so of a key whose end is %s', notAfter => {
    expect(() => keyMapLine({ digestHex, keyId, notAfter })).toThrow('not_after of ak_0123456789abcdef');
  });

  it('have a line for each permission of a key', () => {
    expect(permissionMapLine(keyId, 'orders:read/all')).toBe('ak_0123456789abcdef:orders:read/all 1');
  });
});
