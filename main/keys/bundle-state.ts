import { credentialNow } from './credential-now.ts';
import type { CredentialId, KeyId, Ref, Seconds } from './ids.ts';
import type { Credential, Key, RefusalReason } from './key.ts';
import { isIntact } from './look-up.ts';
import type { Reader } from './ports.ts';
import type { Service } from './service.ts';
import type { SigningKey } from './signing-key.ts';
import { walkPages } from './walk-pages.ts';

/** A credential that services accept, or would if its key were enabled. */
export interface ValidCredential {
  readonly kind: 'valid';
  readonly credential: Credential;
  readonly key: Key;
  /** The earlier of grace end and expiry; null: neither. */
  readonly notAfter: Seconds | null;
}

/** A credential that is refused for ever. */
export interface RefusedCredential {
  readonly kind: 'refused';
  readonly credential: Credential;
  readonly keyId: KeyId;
  readonly reason: RefusalReason;
  readonly at: Seconds;
}

/** What was changed outside Keysmith: services learn nothing of it, so that they refuse it. */
interface LeftOut {
  readonly kind: 'tampered';
  readonly credential: CredentialId;
  readonly keyId: KeyId;
}

export type BundledCredential = ValidCredential | RefusedCredential | LeftOut;

/** Keys read at a time. */
const PAGE = 500;

/**
 * Every credential of a service as a bundle says it, a page of keys at a time: those of listed keys, then those of
 * removed ones.
 */
export function* walkBundled(
  reader: Reader,
  service: Service,
  now: Seconds,
): Generator<readonly BundledCredential[]> {
  const lists = new Set(
    reader
      .statusLists(service.ref)
      .filter(({ tampered }) => !tampered)
      .map(({ ref }) => ref),
  );
  const signers = rememberedSigners(reader);
  for (const keys of walkPages(after => reader.keysOf(service.ref, after, PAGE))) {
    const credentials = reader.credentialsOf(keys.map(({ ref }) => ref));
    yield keys.flatMap(key => bundleKey(key, credentials.get(key.ref) ?? [], { signers, lists, now }));
  }
  for (const tombstones of walkPages(after => reader.tombstones(after, PAGE))) {
    const removed = tombstones.filter(({ serviceRef }) => serviceRef === service.ref);
    const credentials = reader.credentialsOf(removed.map(({ ref }) => ref));
    yield removed.flatMap(({ ref, id, removedAt }) =>
      (credentials.get(ref) ?? []).map(credential =>
        refused(credential, id, { reason: 'removed', at: removedAt }),
      ),
    );
  }
}

type Signers = Pick<Reader, 'signingKeyByRef'>;

/** Few keys sign many tokens: each is read, and its seal checked, once a walk. */
function rememberedSigners(reader: Signers): Signers {
  const known = new Map<Ref, SigningKey | undefined>();
  return {
    signingKeyByRef(ref) {
      if (!known.has(ref)) known.set(ref, reader.signingKeyByRef(ref));
      return known.get(ref);
    },
  };
}

interface Surroundings {
  readonly signers: Signers;
  /** Status lists whose seal holds. */
  readonly lists: ReadonlySet<Ref>;
  readonly now: Seconds;
}

function bundleKey(
  key: Key,
  stored: readonly Credential[],
  { signers, lists, now }: Surroundings,
): readonly BundledCredential[] {
  // SECURITY: what was edited by hand is not passed on as valid, nor is anything that goes with it.
  const intact = isIntact(key, stored);
  return stored.map((each): BundledCredential => {
    const credential = credentialNow(signers, each, now);
    if (credential.state === 'refused' || key.status === 'revoked')
      return refused(credential, key.id, { reason: 'revoked', at: key.revokedAt ?? now });
    const listed = credential.statusListRef === null || lists.has(credential.statusListRef);
    if (!intact || credential.tampered || !listed)
      return { kind: 'tampered', credential: credential.id, keyId: key.id };
    return { kind: 'valid', credential, key, notAfter: earlier(credential.graceUntil, key.expiresAt) };
  });
}

/** @param otherwise what holds where the credential itself says nothing */
function refused(
  credential: Credential,
  keyId: KeyId,
  otherwise: { readonly reason: RefusalReason; readonly at: Seconds },
): RefusedCredential {
  return {
    kind: 'refused',
    credential,
    keyId,
    reason: credential.refusedReason ?? otherwise.reason,
    at: credential.refusedAt ?? otherwise.at,
  };
}

function earlier(a: Seconds | null, b: Seconds | null): Seconds | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
