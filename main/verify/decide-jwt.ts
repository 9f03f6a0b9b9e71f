import { parseCompactJws } from './compact-jws.ts';
import type { Contents } from './contents.ts';
import type { Finding } from './decide.ts';
import { signatureHolds } from './public-key.ts';
import type { CheckedRequest } from './read-request.ts';
import { parseTokenClaims } from './token-claims.ts';
import type { Reason } from './verdict.ts';

/** Whether something is a JWT of this issuer, for this service, that the bundle knows, be it refused. */
export function decideJwt(contents: Contents, token: string, request: CheckedRequest): Finding {
  const { manifest, tokenKeys, lists } = contents;
  const jws = parseCompactJws(token, 'JWT');
  const claims = jws && parseTokenClaims(jws.payload);
  if (!jws || !claims) return refuse('malformed', { form: null });
  const key = tokenKeys.get(jws.kid);
  // SECURITY: the algorithm is the key's. What the header says may only agree: no `none`, no HMAC by a public key.
  if (!key || key.alg !== jws.alg || !signatureHolds(key, jws.input, jws.signature)) {
    return refuse('bad_signature');
  }
  if (claims.iss !== manifest.iss) return refuse('wrong_issuer', { claims });
  if (claims.audience !== manifest.audience) return refuse('wrong_audience', { claims });
  const line = contents.keys.find(claims.credential)[0] ?? null;
  const refused = contents.revoked.find(claims.credential)[0] ?? null;
  const owner = refused?.id ?? line?.id ?? claims.keyId;
  if (owner !== claims.keyId) return refuse('unknown', { claims });
  const status = lists.get(claims.list)?.at(claims.place) ?? null;
  const facts = { claims, line, refused, status, key: claims.keyId };
  if (!line && !refused) {
    // A list that has the place is still obeyed: an entry that refuses a token is never passed over.
    const isNewer = request.acceptNewer && claims.issuedAt >= manifest.issuedAt;
    return isNewer ? { form: 'jwt', reason: null, ...facts } : refuse('unknown', facts);
  }
  if (status === null) return refuse('unknown', facts);
  return { form: 'jwt', reason: null, ...facts };
}

function refuse(reason: Reason, facts: Partial<Finding> = {}): Finding {
  return { form: 'jwt', key: null, line: null, refused: null, claims: null, status: null, ...facts, reason };
}
