import { parseCompactJws } from './compact-jws.ts';
import type { Contents } from './contents.ts';
import { type Finding, refusal } from './finding.ts';
import { signatureHolds } from './public-key.ts';
import type { CheckedRequest } from './read-request.ts';
import { parseTokenClaims } from './token-claims.ts';

/** Whether something is a JWT of this issuer, for this service, that the bundle knows, be it refused. */
export function decideJwt(contents: Contents, token: string, request: CheckedRequest): Finding {
  const { manifest, tokenKeys, lists } = contents;
  const jws = parseCompactJws(token, 'JWT');
  const claims = jws && parseTokenClaims(jws.payload);
  if (!jws || !claims) return refusal('malformed');
  const key = tokenKeys.get(jws.kid);
  // SECURITY: the algorithm is the key's. What the header says may only agree: no `none`, no HMAC by a public key.
  if (!key || key.alg !== jws.alg || !signatureHolds(key, jws.input, jws.signature)) {
    return refusal('bad_signature', { form: 'jwt' });
  }
  if (claims.iss !== manifest.iss) return refusal('wrong_issuer', { form: 'jwt', claims });
  if (claims.audience !== manifest.audience) return refusal('wrong_audience', { form: 'jwt', claims });
  const line = contents.keys.find(claims.credential)[0] ?? null;
  const refused = contents.revoked.find(claims.credential)[0] ?? null;
  const owner = refused?.id ?? line?.id ?? claims.keyId;
  if (owner !== claims.keyId) return refusal('unknown', { form: 'jwt', claims });
  const status = lists.get(claims.list)?.at(claims.place) ?? null;
  const facts = { form: 'jwt' as const, claims, line, refused, status, key: claims.keyId };
  if (!line && !refused) {
    const isNewer = request.acceptNewer && claims.issuedAt >= manifest.issuedAt;
    if (!isNewer) return refusal('unknown', facts);
    // Its place was not given yet when the lists were written, and such places read INVALID.
    return { ...facts, status: null, reason: null };
  }
  if (status === null) return refusal('unknown', facts);
  return { ...facts, reason: null };
}
