import type { IssuedKey } from './create-key.ts';
import type { Ref } from './ids.ts';
import { type Key, statusAt } from './key.ts';
import { requireClock } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Reader } from './ports.ts';
import { reissueIn } from './reissue-key.ts';
import { requireSigningKey } from './require-signing-key.ts';

export interface ReissueSignedRequest {
  /** The signing key whose tokens are replaced: its `kid` or the beginning of it. */
  readonly kid: string;
  /** Keeps all new tokens where they are safe, before any of them counts. When it throws, nothing is changed. */
  readonly keep: (issued: readonly IssuedKey[]) => void;
}

/**
 * Signs the tokens anew that depend on a signing key, all in one change. Keys that are expired, revoked or tampered
 * with are passed over.
 *
 * @returns how many were reissued, and how many were passed over
 * @throws SIGNING_KEY_NOT_FOUND, CLOCK_BEHIND, STORE_*
 */
export function reissueSigned(
  ports: Ports,
  actor: Actor,
  request: ReissueSignedRequest,
): { readonly reissued: number; readonly skipped: number } {
  return ports.store.change(actor, ports.clock, (tx, now) => {
    requireClock(tx, now);
    const { ref } = requireSigningKey(tx, request.kid);
    const dependent = [...walkSigned(tx, ref, now)];
    const able = dependent.filter(
      key => !key.tampered && ['active', 'disabled'].includes(statusAt(key, now)),
    );
    const issued = able.map(key => reissueIn(tx, ports, actor, now, key.id, now));
    if (issued.length > 0) request.keep(issued);
    return { reissued: issued.length, skipped: dependent.length - issued.length };
  });
}

const PAGE = 1000;

/** Every key with a credential that still counts and that a signing key signed. */
export function* walkSigned(reader: Reader, signingKey: Ref, now: number): Generator<Key> {
  let after: Ref | null = null;
  for (;;) {
    const page: readonly Key[] = reader.keysSignedBy(signingKey, now, after, PAGE);
    yield* page;
    after = page.at(-1)?.ref ?? null;
    if (page.length < PAGE) return;
  }
}
