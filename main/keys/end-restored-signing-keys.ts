import type { Seconds } from './ids.ts';
import type { Actor } from './operator.ts';
import type { NewSigningKey, Writer } from './ports.ts';
import { addActiveKey } from './require-signing-key.ts';
import type { SigningKey, SigningKeyState } from './signing-key.ts';

/** What became of a signing key after a backup; `gone`: it was published no more, and why is not known. */
export type LaterKeyState = SigningKeyState | 'gone';

export interface EndedSigningKey {
  readonly key: SigningKey;
  readonly state: 'compromised' | 'retired' | 'gone';
}

/** Signing keys that a backup has in use and that were not any more later. */
export function endedSigningKeys(
  keys: readonly SigningKey[],
  later: readonly ReadonlyMap<string, LaterKeyState>[],
): readonly EndedSigningKey[] {
  return keys
    .filter(({ state }) => state === 'active' || state === 'verifying')
    .flatMap(key => {
      const states = later.map(each => each.get(key.kid));
      const state = (['compromised', 'retired', 'gone'] as const).find(each => states.includes(each));
      return state === undefined ? [] : [{ key, state }];
    });
}

/**
 * Ends a signing key again that was ended after a backup. Where it was the one that signs, a new one takes its place.
 *
 * Of one that was only published no more, a bundle does not say why: it counts as compromised where tokens that it
 * signed still would, for a key is retired only once none does; otherwise as retired, which lets it sign no more and
 * be believed no more just as well.
 */
export function endSigningKey(
  tx: Writer,
  actor: Actor,
  now: Seconds,
  { key: before, state }: EndedSigningKey,
  successor: NewSigningKey | undefined,
): 'compromised' | 'retired' {
  const ended =
    state === 'gone' ? (tx.signedBy(before.ref, now).live > 0 ? 'compromised' : 'retired') : state;
  const stamp = tx.record({
    action: ended === 'compromised' ? 'signing-key.compromise' : 'signing-key.retire',
    subject: { kind: 'signing-key', id: before.kid, ref: before.ref },
    before: { state: before.state },
    after: { state: ended, ended_at: now, reason: 'It was ended after the backup that was restored.' },
  });
  // SECURITY: the private half goes, so that nothing is signed with it any more.
  tx.updateSigningKey({ ...before, state: ended, endedAt: now, privateEncrypted: null }, stamp);
  if (before.state === 'active' && successor) addActiveKey(tx, successor, actor, before.purpose, now);
  return ended;
}
