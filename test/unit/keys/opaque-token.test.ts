import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newKeyId } from '../../../main/keys/ids.ts';
import {
  newOpaqueToken,
  opaqueHint,
  parseOpaqueToken,
  tokenChecksum,
  tokenDigest,
} from '../../../main/keys/opaque-token.ts';

const keyId = newKeyId(randomBytes);

describe('an opaque token', () => {
  it('has the checksum of the published GitHub token vector', () => {
    expect(tokenChecksum('qkJaB6MffYVzZXWqmcoF49yrUxP3wf')).toBe('0LsakP');
  });

  it('is prefix, kind, key ID, 43 random characters and six of checksum', () => {
    const token = newOpaqueToken('team', 'private', keyId, randomBytes);
    expect(token).toMatch(new RegExp(`^team_sk_${keyId.slice(3)}_[0-9A-Za-z]{49}$`));
    expect(token.slice(-6)).toBe(tokenChecksum(token.slice(0, -6)));
    expect(newOpaqueToken('k1', 'public', keyId, randomBytes)).toMatch(/^k1_pk_/);
  });

  it('is read back part by part', () => {
    const token = newOpaqueToken('team', 'public', keyId, randomBytes);
    expect(parseOpaqueToken(token)).toEqual({ prefix: 'team', kind: 'public', keyId, checksumHolds: true });
  });

  it('does not hold its checksum after any one character was changed', () => {
    const token = newOpaqueToken('team', 'private', keyId, randomBytes);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: token.length - 1 }),
        fc.constantFrom(...'abcXYZ0189'),
        (at, character) => {
          fc.pre(token[at] !== character);
          const changed = token.slice(0, at) + character + token.slice(at + 1);
          expect(parseOpaqueToken(changed)?.checksumHolds ?? false).toBe(false);
        },
      ),
    );
  });

  it.each([
    '',
    'team',
    'team_sk_short_x',
    `${'a'.repeat(9)}_sk_0000000000000000_${'x'.repeat(49)}`,
    `T_sk_0000000000000000_${'x'.repeat(49)}`,
  ])('is not seen in %j', text => expect(parseOpaqueToken(text)).toBeUndefined());

  it('is kept as the SHA-256 of the whole of it', () => {
    const token = newOpaqueToken('team', 'private', keyId, randomBytes);
    expect(tokenDigest(token).toString('hex')).toBe(createHash('sha256').update(token).digest('hex'));
  });

  it('shows only the last four of its random part in its hint', () => {
    const token = newOpaqueToken('team', 'private', keyId, randomBytes);
    const random = token.slice(-49, -6);
    expect(opaqueHint(token)).toBe(`team_sk_${keyId.slice(3)}_…${random.slice(-4)}`);
    expect(opaqueHint(token)).not.toContain(random.slice(0, 8));
  });
});
