import { hash, timingSafeEqual } from 'node:crypto';
import type { Contents } from './contents.ts';
import { type Finding, refusal } from './finding.ts';
import type { CredentialLine } from './key-lines.ts';
import { digestName } from './line-index.ts';
import { parseOpaqueToken } from './opaque-token.ts';

/** Whether something is an opaque token that the bundle knows, be it refused. */
export function decideOpaque({ keys, revoked }: Contents, token: string): Finding {
  const parts = parseOpaqueToken(token);
  if (!parts) return refusal('malformed');
  if (!parts.checksumHolds) return refusal('bad_checksum', { form: 'opaque' });
  const digest = hash('sha256', token, 'hex');
  const name = digestName(digest);
  // SECURITY: found by half of the digest; the whole is compared, in constant time, and so is whose key it is.
  const isOfToken = (found: CredentialLine) =>
    found.id === parts.keyId && timingSafeEqual(Buffer.from(found.sha256 ?? ''), Buffer.from(digest));
  const refused = onlyIf(revoked.find(name), isOfToken);
  const line = onlyIf(keys.find(name), isOfToken);
  if (!refused && !line) return refusal('unknown', { form: 'opaque' });
  return { form: 'opaque', reason: null, key: parts.keyId, line, refused, claims: null, status: null };
}

function onlyIf<T>(found: T | undefined, holds: (found: T) => boolean): T | null {
  return found !== undefined && holds(found) ? found : null;
}
