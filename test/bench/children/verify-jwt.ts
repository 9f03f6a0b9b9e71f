/** Verifies every JWT of a set against its bundle, and measures how fast that is beside jose. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importJWK, type JWK, jwtVerify } from 'jose';
import { openBundle } from '../../../main/verify/open-bundle.ts';
import { requireRight } from '../benchmark.ts';
import { readSecrets } from '../read-secrets.ts';
import { takeTurns } from '../statistics.ts';
import { answer } from './answer.ts';
import { rateOf, rateOfLater } from './rate-of.ts';
import type { VerifyInput, VerifyOutput } from './verify-opaque.ts';

await answer(async ({ bundle: path, trust, secrets, rounds }: VerifyInput): Promise<VerifyOutput> => {
  const start = performance.now();
  const bundle = await openBundle(path, { trust: readFileSync(trust, 'utf8') });
  const openMs = performance.now() - start;
  const { keys } = JSON.parse(readFileSync(join(path, 'jwks.json'), 'utf8')) as { keys: JWK[] };
  const [jwk] = keys;
  requireRight(jwk !== undefined && keys.length === 1, `the bundle has ${keys.length} signing keys, not one`);
  const publicKey = await importJWK(jwk, 'ES256');
  const options = { issuer: bundle.iss, audience: bundle.audience, algorithms: ['ES256'], typ: 'JWT' };

  const tokens: string[] = [];
  for (const { id, secret } of await readSecrets(secrets)) {
    const { valid, key } = bundle.verify(secret);
    requireRight(valid && key === id, `the token of ${id} is not valid, or another key’s`);
    const { payload } = await jwtVerify(secret, publicKey, options);
    requireRight(payload.sub === id, `jose says that the token of ${id} is ${payload.sub}’s`);
    const { reason } = bundle.verify(withOtherSignature(secret));
    requireRight(reason === 'bad_signature', `a token of ${id} with another signature: ${reason ?? 'valid'}`);
    tokens.push(secret);
  }
  const rates = await takeTurns(
    rounds,
    async () => rateOf(tokens, token => bundle.verify(token).valid),
    () =>
      rateOfLater(tokens, async token => (await jwtVerify(token, publicKey, options)).payload !== undefined),
  );
  return { verified: tokens.length, openMs, rates };
});

function withOtherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 10;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}
