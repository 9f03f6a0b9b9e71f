import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { findKey } from '../../../main/keys/find-key.ts';
import { tokenChecksum } from '../../../main/keys/opaque-token.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { testInstallation } from '../../fixtures/installation.ts';

async function withKey() {
  const installation = await testInstallation();
  const issued = createKey(installation.ports, installation.actor, { service: 'team-api', name: 'ci' });
  return { ...installation, ...issued };
}

describe('finding a key', () => {
  it('by its token proves that it is this key', async () => {
    const { ports, key, token } = await withKey();
    const [match] = findKey(ports, `  ${token}\n`);
    expect(match).toMatchObject({
      match: 'token',
      proven: true,
      subject: { kind: 'key', key: { id: key.id } },
      credential: { state: 'current' },
    });
  });

  it('by a fragment that carries the key ID proves nothing', async () => {
    const { ports, key, token } = await withKey();
    for (const fragment of [key.id, token.slice(0, 40), `Authorization: Bearer ${token.slice(0, -10)}`]) {
      expect(findKey(ports, fragment)).toMatchObject([
        { match: 'id', proven: false, subject: { key: { id: key.id } }, credential: null },
      ]);
    }
  });

  it('by a token that stands in other text is proven as well', async () => {
    const { ports, key, token } = await withKey();
    for (const text of [
      `Authorization: Bearer ${token}`,
      `curl "https://x/?key=${token}&y=1"`,
      `${token}\n${token.slice(0, 30)}`,
    ]) {
      expect(findKey(ports, text)).toMatchObject([
        { match: 'token', proven: true, subject: { key: { id: key.id } } },
      ]);
    }
  });

  it('by its bare ID, as it stands in a token', async () => {
    const { ports, key } = await withKey();
    expect(findKey(ports, key.id.slice(3))).toMatchObject([
      { match: 'id', proven: false, subject: { key: { id: key.id } } },
    ]);
  });

  it('does not take a token for proof that has the right ID and checksum but another secret', async () => {
    const { ports, token } = await withKey();
    const body = `${token.slice(0, -49)}${'x'.repeat(43)}`;
    expect(findKey(ports, body + tokenChecksum(body))).toMatchObject([{ match: 'id', proven: false }]);
  });

  it('by the last four characters of the secret, exactly as they are written', async () => {
    const { ports, key, token } = await withKey();
    const four = token.slice(-10, -6);
    expect(findKey(ports, four)).toMatchObject([
      { match: 'last-four', proven: false, subject: { key: { id: key.id } } },
    ]);
    const swapped = [...four].map(c => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');
    if (swapped !== four) expect(findKey(ports, swapped)).toEqual([]);
  });

  it('still knows the token of a removed key', async () => {
    const { ports, actor, key, token } = await withKey();
    removeKey(ports, actor, { key: key.id });
    expect(findKey(ports, token)).toMatchObject([
      { match: 'token', proven: true, subject: { kind: 'removed', tombstone: { id: key.id } } },
    ]);
    expect(findKey(ports, key.id)).toMatchObject([{ match: 'id', subject: { kind: 'removed' } }]);
  });

  it('finds nothing for a stranger’s token', async () => {
    const { ports } = await withKey();
    const body = `team_sk_${'0'.repeat(16)}_${'x'.repeat(43)}`;
    expect(findKey(ports, body + tokenChecksum(body))).toEqual([]);
    expect(findKey(ports, 'hello')).toEqual([]);
  });

  it('refuses nothing and too much, without repeating it', async () => {
    const { ports } = await withKey();
    refusal('TOKEN_INVALID', () => findKey(ports, ' \n'));
    expect(refusal('TOKEN_INVALID', () => findKey(ports, 'secret'.repeat(10_000))).message).not.toContain(
      'secretsecret',
    );
  });
});
