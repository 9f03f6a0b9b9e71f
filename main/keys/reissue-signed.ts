import type { IssuedKey } from './create-key.ts';
import { endGraceIn } from './end-grace.ts';
import { type ErrorCode, KeysmithError } from './errors.ts';
import type { Ref, Seconds } from './ids.ts';
import type { Key } from './key.ts';
import { requireClock } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Reader, Writer } from './ports.ts';
import { reissueIn } from './reissue-key.ts';
import { requireSigningKey } from './require-signing-key.ts';

export interface ReissueSignedRequest {
  /** The signing key whose tokens are replaced: its `kid` or the beginning of it. */
  readonly kid: string;
  /** Keeps all new tokens where they are safe, before any of them counts. When it throws, nothing is changed. */
  readonly keep: (issued: readonly IssuedKey[]) => void;
}

/** A key that was passed over, and why. */
interface SkippedKey {
  readonly id: string;
  readonly name: string;
  readonly code: ErrorCode;
}

export interface ReissuedSigned {
  readonly reissued: number;
  /** Keys whose current token is another key's: only their previous one was refused. */
  readonly ended: number;
  readonly skipped: readonly SkippedKey[];
}

/**
 * Signs the tokens anew that depend on a signing key, all in one change. A key whose current token has another
 * signature keeps it; what cannot be reissued is passed over, so that one bad key does not hold up the others.
 *
 * @throws NOT_ALLOWED, SIGNING_KEY_NOT_FOUND, CLOCK_BEHIND, STORE_*
 */
export function reissueSigned(ports: Ports, actor: Actor, request: ReissueSignedRequest): ReissuedSigned {
  return ports.store.change(actor, ports.clock, (tx, now) => {
    requireClock(tx, now);
    const { ref } = requireSigningKey(tx, request.kid);
    const issued: IssuedKey[] = [];
    const skipped: SkippedKey[] = [];
    let ended = 0;
    for (const key of [...walkSigned(tx, ref, now)]) {
      try {
        const current = tx.credentials(key.ref).find(({ state }) => state === 'current');
        if (current?.signingKeyRef === ref) issued.push(reissueIn(tx, ports, actor, now, key.id, now));
        else ended += endPrevious(tx, now, key);
      } catch (error) {
        // What these say was found before anything of this key was written.
        if (!(error instanceof KeysmithError) || /^(STORE_|NOT_ALLOWED$)/.test(error.code)) throw error;
        skipped.push({ id: key.id, name: key.name, code: error.code });
      }
    }
    if (issued.length > 0) request.keep(issued);
    return { reissued: issued.length, ended, skipped };
  });
}

function endPrevious(tx: Writer, now: Seconds, key: Key): 1 {
  endGraceIn(tx, now, key.id);
  return 1;
}

const PAGE = 1000;

/** Every key with a credential that counts and that a signing key signed, each once. */
export function* walkSigned(reader: Reader, signingKey: Ref, now: Seconds): Generator<Key> {
  const seen = new Set<Ref>();
  for (let after: Ref | null = null; ; ) {
    const page = reader.credentialsSignedBy(signingKey, now, after, PAGE);
    for (const { keyRef } of page) {
      const key = seen.has(keyRef) ? undefined : reader.keyByRef(keyRef);
      seen.add(keyRef);
      if (key) yield key;
    }
    after = page.at(-1)?.ref ?? null;
    if (page.length < PAGE) return;
  }
}
