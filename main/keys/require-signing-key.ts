import { given, KeysmithError } from './errors.ts';
import type { Seconds } from './ids.ts';
import type { Actor } from './operator.ts';
import type { NewSigningKey, Ports, Reader, Writer } from './ports.ts';
import type { SigningKey, SigningPurpose } from './signing-key.ts';

/**
 * The key that signs now; the first one of its purpose is made when it is first needed.
 *
 * @throws TAMPERED
 */
export function requireActiveKey(
  tx: Writer,
  { signing }: Pick<Ports, 'signing'>,
  actor: Actor,
  purpose: SigningPurpose,
  now: Seconds,
): SigningKey {
  const active = tx.activeSigningKey(purpose);
  if (active) {
    refuseTampered(active);
    return active;
  }
  // SECURITY: a key that vanished, or is said to sign no more, is not replaced without anybody's decision.
  if (hadKey(tx, purpose)) {
    throw new KeysmithError(
      'TAMPERED',
      `The ${purpose} key that signs is gone: the database was changed outside Keysmith. Run "keysmith audit verify", restore a backup, or rotate the ${purpose} key to go on with a new one.`,
      { field: 'kid' },
    );
  }
  return addActiveKey(tx, signing.generateFirst(), actor, purpose, now);
}

const MAX_CREATED = 100_000;

function hadKey(reader: Reader, purpose: SigningPurpose): boolean {
  return (
    reader.signingKeys().some(key => key.purpose === purpose) ||
    reader
      .audit({ action: 'signing-key.create', limit: MAX_CREATED })
      .some(({ after }) => after?.purpose === purpose)
  );
}

/** @throws TAMPERED */
export function refuseTampered({ kid, tampered }: SigningKey): void {
  if (!tampered) return;
  throw new KeysmithError(
    'TAMPERED',
    `The signing key ${kid} was changed outside Keysmith: its seal does not hold, and nothing is signed with it. Mark it as compromised.`,
    { field: 'kid' },
  );
}

/** Makes a new key pair the one that signs. The one before must have left that place. */
export function addActiveKey(
  tx: Writer,
  made: NewSigningKey,
  actor: Actor,
  purpose: SigningPurpose,
  now: Seconds,
): SigningKey {
  const stamp = tx.record({
    action: 'signing-key.create',
    subject: { kind: 'signing-key', id: made.kid },
    before: null,
    after: { purpose, alg: made.alg },
  });
  const draft = {
    ...made,
    purpose,
    state: 'active',
    createdAt: now,
    createdBy: actor.name,
    rotatedAt: null,
    endedAt: null,
  } as const;
  return tx.addSigningKey(draft, stamp);
}

/** A signing key by its `kid`, or by the beginning of it. @throws SIGNING_KEY_NOT_FOUND */
export function requireSigningKey(reader: Reader, kid: string): SigningKey {
  // SECURITY: what is no thumbprint may be a token that was pasted there; it is not repeated.
  const shown = /^[\w-]{1,43}$/.test(kid) ? `${given(kid)} ` : '';
  const exact = reader.signingKey(kid);
  if (exact) return exact;
  const [match, ...others] =
    kid.length < 4 ? [] : reader.signingKeys().filter(key => key.kid.startsWith(kid));
  if (match && others.length === 0) return match;
  throw new KeysmithError(
    'SIGNING_KEY_NOT_FOUND',
    `The signing key ${shown}${match ? 'is one of several that begin so' : 'does not exist'}. Allowed are ${
      reader
        .signingKeys()
        .slice(-10)
        .map(key => key.kid)
        .join(', ') || 'none: the first one is made when it is needed'
    }.`,
    { field: 'kid' },
  );
}
