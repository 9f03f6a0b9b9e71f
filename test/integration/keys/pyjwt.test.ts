import { createHmac, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { acceptClock } from '../../../main/keys/accept-clock.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { issuerOf } from '../../../main/keys/jwt.ts';
import { tokenJwks } from '../../../main/keys/published-keys.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { SIGNING_ALGS, type SigningAlg } from '../../../main/keys/signing-key.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { verifyWithPyJwt, whyNoPyJwt } from '../../rig/pyjwt.ts';

const missing = whyNoPyJwt();
const DAY = 86_400;
const realNow = () => Math.floor(Date.now() / 1000);

/** PyJWT has no clock of its own to set, so the installation goes by the real time. */
function setClock({ clock, ports, actor }: TestInstallation, now: number): void {
  clock.now = now;
  acceptClock(ports, actor);
}

/** An installation of the real time, whose token key has an algorithm. */
async function signingWith(alg: SigningAlg): Promise<TestInstallation> {
  const installation = await testInstallation();
  setClock(installation, realNow() - 40 * DAY);
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  await rotateSigningKey(ports, actor, { purpose: 'token', alg });
  return installation;
}

function issue({ ports, actor }: TestInstallation, name: string, expires: string): string {
  return createKey(ports, actor, {
    service: 'sc',
    name,
    roles: [{ role: 'global-viewer', accounts: null }],
    expires,
  }).token;
}

function ask({ store }: TestInstallation, tokens: readonly string[], audience = 'urn:keysmith:sc') {
  const issuer = issuerOf(store.installation().id);
  return verifyWithPyJwt({ tokens, jwks: tokenJwks(store), audience, issuer });
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.skipIf(missing !== undefined)(`PyJWT${missing ? ` (${missing})` : ''}`, () => {
  test.each(SIGNING_ALGS)('takes a token signed with %s, and only as it was signed', async alg => {
    const installation = await signingWith(alg);
    const expired = issue(installation, 'expired', '30d');
    setClock(installation, realNow());
    const token = issue(installation, 'ci', '30d');
    const [header = '', claims = '', signature = ''] = token.split('.');
    const flipped = [header, claims, signature].map((part, nth, parts) => {
      const bytes = Buffer.from(part, 'base64url');
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      return parts.with(nth, bytes.toString('base64url')).join('.');
    });
    const verdicts = ask(installation, [token, expired, ...flipped]);
    expect(verdicts[0]?.claims).toMatchObject({
      name: 'ci',
      roles: [{ role: 'global-viewer', accounts: null }],
    });
    expect(verdicts[1]).toEqual({ error: 'ExpiredSignatureError' });
    for (const verdict of verdicts.slice(2)) expect(verdict).toEqual({ error: expect.any(String) });
    expect(ask(installation, [token], 'urn:keysmith:other')).toEqual([{ error: 'InvalidAudienceError' }]);
  });

  test('refuses no signature, and one made with the public key as an HMAC secret', async () => {
    const installation = await signingWith('RS256');
    setClock(installation, realNow());
    const [header = '', claims = ''] = issue(installation, 'ci', '30d').split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const jwk = tokenJwks(installation.store).keys.find(key => key.kid === kid);
    const pem = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const hmac = `${encode({ alg: 'HS256', kid, typ: 'JWT' })}.${claims}`;
    const forged = `${hmac}.${createHmac('sha256', pem).update(hmac).digest('base64url')}`;
    const none = `${encode({ alg: 'none', kid, typ: 'JWT' })}.${claims}.`;
    expect(ask(installation, [forged, none])).toEqual([
      { error: 'InvalidAlgorithmError' },
      { error: 'InvalidAlgorithmError' },
    ]);
  });
});
