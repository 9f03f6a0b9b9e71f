import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newKeyId } from '../../../main/keys/ids.ts';
import { newOpaqueToken } from '../../../main/keys/opaque-token.ts';
import { parseOpaqueToken } from '../../../main/verify/opaque-token.ts';

describe('an opaque token, to the verifier', () => {
  it('is what Keysmith issues', () => {
    const keyId = newKeyId(randomBytes);
    expect(parseOpaqueToken(newOpaqueToken('team', 'public', keyId, randomBytes))).toEqual({
      keyId,
      checksumHolds: true,
    });
  });

  it('does not hold its checksum when its end was changed', () => {
    const token = newOpaqueToken('team', 'private', newKeyId(randomBytes), randomBytes);
    const last = token.endsWith('0') ? '1' : '0';
    expect(parseOpaqueToken(token.slice(0, -1) + last)?.checksumHolds).toBe(false);
  });

  it.each(['', 'team', 'Team_sk_', `team_xk_${'0'.repeat(16)}_${'0'.repeat(49)}`])('is not %j', text => {
    expect(parseOpaqueToken(text)).toBeUndefined();
  });
});
