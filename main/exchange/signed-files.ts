import { signCompact } from '../keys/jws.ts';
import { requireService } from '../keys/look-up.ts';
import type { Actor } from '../keys/operator.ts';
import type { Ports, Writer } from '../keys/ports.ts';
import { tokenJwks } from '../keys/published-keys.ts';
import { requireActiveKey } from '../keys/require-signing-key.ts';
import { haproxyConfig } from './haproxy-config.ts';
import type { BundleDraft } from './record-bundle.ts';

/**
 * The files of a bundle that are made when it gets its number: what is signed, or names the number.
 *
 * @returns text by file name
 * @throws TAMPERED
 */
export function signedFiles(
  tx: Writer,
  ports: Ports,
  actor: Actor,
  { service: slug, issuedAt, expiresAt, written }: BundleDraft,
  sequence: number,
): Readonly<Record<string, string>> {
  const service = requireService(tx, slug);
  const files: Record<string, string> = { 'jwks.json': JSON.stringify(tokenJwks(tx)) };
  for (const { number, uri, lst } of written.lists) {
    // IETF draft-ietf-oauth-status-list, section 5: a Status List Token in JWT format.
    const claims = {
      sub: uri,
      iat: issuedAt,
      exp: expiresAt,
      ttl: expiresAt - issuedAt,
      status_list: { bits: 2, lst },
    };
    const key = requireActiveKey(tx, ports, actor, 'token', issuedAt);
    files[`status-${number}.jwt`] = signCompact('statuslist+jwt', JSON.stringify(claims), key, ports.signing);
  }
  if (service.format === 'opaque') {
    const permissions = tx
      .catalog(service.ref)
      .filter(({ type, removed }) => type === 'permission' && !removed)
      .map(({ id }) => id);
    files['haproxy/haproxy.cfg'] = haproxyConfig({
      service: service.slug,
      title: service.title,
      sequence,
      expiresAt,
      permissions,
      leftOut: written.counts.notInMap,
    });
  }
  return files;
}
