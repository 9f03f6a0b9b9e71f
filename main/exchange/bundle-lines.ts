import type { RefusedCredential, ValidCredential } from '../keys/bundle-state.ts';

/** A line of `keys.ndjson`, without its end. */
export function credentialLine({ credential, key, notAfter }: ValidCredential): string {
  return JSON.stringify({
    credential: credential.id,
    id: key.id,
    format: credential.format,
    sha256: credential.digest?.toString('hex') ?? null,
    kind: key.kind,
    name: key.name,
    status: key.status,
    not_after: notAfter,
    permissions: key.permissions,
    roles: key.roles,
    allowed_ips: key.allowedIps,
  });
}

/** A line of `revoked.ndjson`, without its end: never an admin's words. */
export function refusedLine({ credential, keyId, reason, at }: RefusedCredential): string {
  return JSON.stringify({
    credential: credential.id,
    id: keyId,
    sha256: credential.digest?.toString('hex') ?? null,
    reason,
    at,
  });
}
