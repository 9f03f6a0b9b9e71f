import type { Seconds } from './ids.ts';
import { lastBundle } from './last-bundle.ts';
import type { Actor } from './operator.ts';
import type { Ports, Reader, Writer } from './ports.ts';
import { requireActiveKey } from './require-signing-key.ts';
import type { Service } from './service.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * The trust key that signs the next bundle of a service: the one that its verifiers know.
 *
 * A key that was rotated signs one more bundle of each service, which carries its successor; whoever accepts that
 * bundle knows the new key from then on. Of several that were rotated since the last bundle it is the first.
 *
 * @throws TAMPERED
 */
export function requireBundleSigner(
  tx: Writer,
  ports: Pick<Ports, 'signing'>,
  actor: Actor,
  service: Service,
  now: Seconds,
): SigningKey {
  return retiringSigner(tx, service) ?? requireActiveKey(tx, ports, actor, 'trust', now);
}

/** A rotated trust key whose successor the service's verifiers have not been told of. */
function retiringSigner(reader: Reader, service: Service): SigningKey | undefined {
  const told = lastBundle(reader, service).auditSeq;
  return reader
    .signingKeys()
    .find(
      ({ purpose, state, tampered, privateEncrypted, auditSeq }) =>
        purpose === 'trust' &&
        state === 'verifying' &&
        !tampered &&
        privateEncrypted !== null &&
        auditSeq > told,
    );
}
