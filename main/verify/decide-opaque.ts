import { hash, timingSafeEqual } from 'node:crypto';
import type { Contents } from './contents.ts';
import { type Finding, refusal } from './finding.ts';
import type { CredentialLine } from './key-lines.ts';
import { parseOpaqueToken } from './opaque-token.ts';

/** Whether something is an opaque token that the bundle knows, be it refused. */
export function decideOpaque({ keys, revoked }: Contents, token: string): Finding {
  const parts = parseOpaqueToken(token);
  if (!parts) return refusal('malformed');
  if (!parts.checksumHolds) return refusal('bad_checksum', { form: 'opaque' });
  const digest = Buffer.from(hash('sha256', token, 'hex'), 'hex');
  // A key has two credentials while its secret is being replaced, and any number of refused ones.
  const isOfToken = ({ sha256 }: CredentialLine) =>
    sha256 !== null && timingSafeEqual(Buffer.from(sha256, 'hex'), digest);
  const refused = revoked.find(parts.keyId).find(isOfToken) ?? null;
  const line = keys.find(parts.keyId).find(isOfToken) ?? null;
  if (!refused && !line) return refusal('unknown', { form: 'opaque' });
  return { form: 'opaque', reason: null, key: parts.keyId, line, refused, claims: null, status: null };
}
