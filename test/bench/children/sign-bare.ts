/** Signs JWTs with jose, one after the other, with the claims that Keysmith's have. Nothing is stored. */
import { generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { requireRight } from '../benchmark.ts';
import { IMPORTED } from '../imported-keys.ts';
import { answer } from './answer.ts';

export interface SignOutput {
  readonly ms: number;
}

const ISSUER = 'urn:uuid:8a0c6f1e-58a4-4a57-9a55-2f3c1f6f7d10';
const NOW = 1_795_406_400;

await answer(async ({ tokens }: { tokens: number }): Promise<SignOutput> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const { service, row } = IMPORTED.jwt;
  const signed: string[] = [];
  const start = performance.now();
  for (let nth = 0; nth < tokens; nth += 1) {
    const { name, roles } = row(nth);
    const number = String(nth).padStart(16, '0');
    signed.push(
      await new SignJWT({
        name,
        roles: roles.map(role => ({ role, accounts: null })),
        status: { status_list: { idx: nth, uri: `${ISSUER}/${service}/status/1` } },
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'aTb1Zfs1mHcFnJsc3yjQ1O3cYQ0s4m8yqKZrj5Vj7Zk', typ: 'JWT' })
        .setIssuer(ISSUER)
        .setSubject(`ak_${number}`)
        .setAudience(service)
        .setJti(`cr_${number}`)
        .setIssuedAt(NOW)
        .setExpirationTime(NOW + 31_536_000)
        .sign(privateKey),
    );
  }
  const ms = performance.now() - start;
  const { payload } = await jwtVerify(signed.at(-1) ?? '', publicKey, { currentDate: new Date(NOW * 1000) });
  requireRight(payload.name === row(tokens - 1).name, 'jose signed something else');
  return { ms };
});
