import { isIpAllowed } from './allowed-ips.ts';
import type { Contents } from './contents.ts';
import { decideJwt } from './decide-jwt.ts';
import { decideOpaque } from './decide-opaque.ts';
import { type Facts, type Finding, refusal } from './finding.ts';
import { areGranted } from './grants.ts';
import type { CheckedRequest } from './read-request.ts';
import { SUSPENDED, VALID } from './status-list-bits.ts';
import type { Reason } from './verdict.ts';

/** Longer than any token that is issued: what is longer is not looked at. */
const MAX_TOKEN = 16_384;

/** Decides about a token: the one place that does, for machines and for people. Never throws. */
export function decide(contents: Contents, token: string, request: CheckedRequest): Finding {
  if (token.length > MAX_TOKEN) return refusal('malformed');
  const found = token.includes('.') ? decideJwt(contents, token, request) : decideOpaque(contents, token);
  return found.reason === null ? { ...found, reason: reasonAgainst(found, request) } : found;
}

/** Judges a token that is proven to be of a key. A JWT must hold by what it says and by what the bundle says. */
function reasonAgainst(facts: Facts, request: CheckedRequest): Reason | null {
  const { line, refused, claims, status } = facts;
  // SECURITY: the stricter of the status list and the lines of the bundle wins.
  if (refused || (status !== null && status !== VALID && status !== SUSPENDED)) return 'revoked';
  if (status === SUSPENDED || line?.status === 'disabled') return 'disabled';
  const end = endOf(facts);
  if (end !== null && request.at >= end) return 'expired';
  if (!isIpAllowed(line?.allowed_ips ?? [], request.ip)) return 'ip_not_allowed';
  if (!isIpAllowed(claims?.allowedIps ?? [], request.ip)) return 'ip_not_allowed';
  if (line && !areGranted(request, line)) return 'not_granted';
  if (claims && !areGranted(request, claims)) return 'not_granted';
  return null;
}

/** When a token ends: the earlier of what it says and what the bundle says; null: never. */
export function endOf({ line, claims }: Facts): number | null {
  const ends = [line?.not_after ?? null, claims?.expiresAt ?? null].filter(end => end !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}
