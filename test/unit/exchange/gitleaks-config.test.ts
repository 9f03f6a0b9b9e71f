import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitleaksConfig } from '../../../main/exchange/gitleaks-config.ts';
import { newKeyId, type ServiceSlug } from '../../../main/keys/ids.ts';
import { newOpaqueToken } from '../../../main/keys/opaque-token.ts';

const config = gitleaksConfig({ service: 'team-api' as ServiceSlug, prefix: 'team' });
const [secret, open] = [...config.matchAll(/^regex = '''(.*)'''$/gm)].map(([, regex = '']) => regex);

/** What a rule reports of a text: its first group. */
const found = (text: string, regex = secret) =>
  [...text.matchAll(new RegExp(regex ?? '', 'g'))].map(([, token]) => token);

const newToken = (kind: 'private' | 'public' = 'private', prefix = 'team') =>
  newOpaqueToken(prefix, kind, newKeyId(randomBytes), randomBytes);

describe('the rules for gitleaks', () => {
  it('read as they are to be read', async () => {
    await expect(config).toMatchFileSnapshot(join(import.meta.dirname, 'expected/gitleaks.toml'));
  });

  it('find every token of their kind', () => {
    for (let nth = 0; nth < 200; nth += 1) {
      const token = newToken();
      expect(found(token)).toEqual([token]);
      expect(found(newToken('public'))).toEqual([]);
      const shown = newToken('public');
      expect(found(shown, open)).toEqual([shown]);
    }
  });

  it.each([
    ['in quotes', '"', '"'],
    ['in a header', 'Authorization: Bearer ', '\r\n'],
    ['in an assignment', 'TEAM_KEY=', '\n'],
    ['in XML', '<key>', '</key>'],
    ['behind an escaped line break', '"line\\n', '\\n"'],
    ['behind an escaped character', '"key\\u003d', '\\u0026"'],
    ['in an encoded URL', 'https://a.example/?key%3D', '%26x=1'],
    ['inside a name', 'old_', '_old'],
  ])('find a token %s', (_, before, after) => {
    const token = newToken();
    expect(found(before + token + after)).toEqual([token]);
  });

  it('find tokens that stand side by side', () => {
    const tokens = [newToken(), newToken(), newToken()];
    expect(found(tokens.join(','))).toEqual(tokens);
    expect(found(tokens.join('\n'))).toEqual(tokens);
  });

  it('leave alone what only looks like a token', () => {
    const token = newToken();
    expect(found(newToken('private', 'steam'))).toEqual([]);
    expect(found(newToken('private', 'tea'))).toEqual([]);
    expect(found(token.slice(0, -1))).toEqual([]);
    expect(found(`${token}x`)).toEqual([]);
    expect(found(token.replace('_sk_', '_sx_'))).toEqual([]);
    expect(found(token.toUpperCase())).toEqual([]);
    expect(found(`${token.slice(0, 40)}-${token.slice(41)}`)).toEqual([]);
  });

  it('name, as keywords, what every token holds', () => {
    expect(config).toContain('keywords = ["team_sk_"]');
    expect(newToken()).toContain('team_sk_');
    expect(config).toContain('keywords = ["team_pk_"]');
    expect(newToken('public')).toContain('team_pk_');
  });

  it.each(['a"b', "a'''", 'A', 'x', 'a.b', 'abcdefghi'])('are refused with the prefix %j', prefix => {
    expect(() => gitleaksConfig({ service: 'team-api' as ServiceSlug, prefix })).toThrow(
      'is not a token prefix',
    );
  });

  it('are refused with anything but a service', () => {
    expect(() => gitleaksConfig({ service: 'a"\nb' as ServiceSlug, prefix: 'team' })).toThrow(
      'is not a service',
    );
  });
});
