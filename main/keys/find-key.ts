import { KeysmithError } from './errors.ts';
import type { CredentialId, KeyId } from './ids.ts';
import { parseJwt } from './jwt.ts';
import type { Credential, Key, Tombstone } from './key.ts';
import { parseOpaqueToken, tokenDigest } from './opaque-token.ts';
import type { Ports, Reader, Signing } from './ports.ts';
import {
  BARE_ID,
  ID_IN_TEXT,
  LAST_FOUR,
  SIGNED_TOKENS_IN_TEXT,
  TOKEN_ID_IN_TEXT,
  TOKENS_IN_TEXT,
} from './token-patterns.ts';

/** How a key was found, from proof to hint. */
type MatchKind = 'token' | 'id' | 'last-four';

export interface KeyMatch {
  readonly match: MatchKind;
  /** True when the text is the secret itself; false when it only carries the ID or the last four. */
  readonly proven: boolean;
  readonly subject:
    | { readonly kind: 'key'; readonly key: Key }
    | { readonly kind: 'removed'; readonly tombstone: Tombstone };
  /** The credential that the secret belongs to, when proven; also one that a compromised key signed. */
  readonly credential: Credential | null;
}

const MAX_LENGTH = 16_384;
const MAX_MATCHES = 100;

/**
 * Identifies the key behind a pasted token, a fragment that carries a key ID, or the last four characters.
 * Nothing of the text is kept or repeated.
 *
 * @throws TOKEN_INVALID when the text is empty or longer than any token
 */
export function findKey(
  { store, signing }: Pick<Ports, 'store' | 'signing'>,
  text: string,
): readonly KeyMatch[] {
  const pasted = text.trim();
  if (pasted === '' || pasted.length > MAX_LENGTH) {
    // SECURITY: the text may be a secret, so the sentence does not repeat it.
    throw new KeysmithError(
      'TOKEN_INVALID',
      `What was given has ${pasted.length} characters. Allowed are 1 to ${MAX_LENGTH}: a token, a part of one with the key ID, or its last four characters.`,
      { field: 'token' },
    );
  }
  return store.snapshot(reader => {
    // A leaked token comes with what stands around it: a header, a line of a log, a URL.
    const found = [
      ...(pasted.match(TOKENS_IN_TEXT) ?? []).map(token => findByToken(reader, token)),
      ...(pasted.match(SIGNED_TOKENS_IN_TEXT) ?? []).map(token => findBySignedToken(reader, signing, token)),
    ].filter(match => match !== undefined);
    const proven = found.filter(match => match.proven);
    if (proven.length > 0) return proven.slice(0, MAX_MATCHES);
    if (found.length > 0) return found.slice(0, MAX_MATCHES);
    const id = ID_IN_TEXT.exec(pasted)?.[1] ?? BARE_ID.exec(pasted)?.[0];
    if (id) {
      const subject = subjectById(reader, `ak_${id}` as KeyId);
      return subject ? [{ match: 'id', proven: false, subject, credential: null }] : [];
    }
    const tokenId = TOKEN_ID_IN_TEXT.exec(pasted)?.[0];
    if (tokenId) return findByTokenId(reader, tokenId as CredentialId) ?? [];
    if (!LAST_FOUR.test(pasted)) return [];
    return reader
      .keysByLastFour(pasted, MAX_MATCHES)
      .map(key => ({ match: 'last-four', proven: false, subject: { kind: 'key', key }, credential: null }));
  });
}

function findByToken(reader: Reader, text: string): KeyMatch | undefined {
  if (!parseOpaqueToken(text)?.checksumHolds) return undefined;
  const credential = reader.credentialByDigest(tokenDigest(text));
  const subject = credential && subjectByRef(reader, credential);
  return subject && { match: 'token', proven: true, subject: asIntactAs(subject, credential), credential };
}

/** A key whose credential was edited by hand is no more to be believed than one that was edited itself. */
function asIntactAs(subject: KeyMatch['subject'], { tampered }: Credential): KeyMatch['subject'] {
  return subject.kind === 'key' && tampered ? { ...subject, key: { ...subject.key, tampered } } : subject;
}

/** A JWT is this key's only when its signature holds; otherwise it merely names the key. */
function findBySignedToken(reader: Reader, signing: Signing, text: string): KeyMatch | undefined {
  const parts = parseJwt(text);
  if (!parts) return undefined;
  const { kid, alg, claims, input, signature } = parts;
  const key = reader.signingKey(kid);
  // SECURITY: the algorithm is the key's, never the token's: "none" and HS256 prove nothing.
  const holds =
    key?.purpose === 'token' && key.alg === alg && !key.tampered && signing.verify(key, input, signature);
  const credential =
    typeof claims.jti === 'string' ? reader.credentialByTokenId(claims.jti as CredentialId) : undefined;
  const subject = credential && subjectByRef(reader, credential);
  const isIts = holds && key.state !== 'compromised' && credential?.signingKeyRef === key.ref;
  if (subject && isIts && claims.sub === subjectId(subject)) {
    return { match: 'token', proven: true, subject: asIntactAs(subject, credential), credential };
  }
  const named = typeof claims.sub === 'string' ? subjectById(reader, claims.sub as KeyId) : subject;
  // Who holds a compromised key can sign anything: what it signed proves nothing, but its credential says so.
  const refused = subject && key?.state === 'compromised' ? credential : null;
  if (subject && refused) return { match: 'id', proven: false, subject, credential: refused };
  return named && { match: 'id', proven: false, subject: named, credential: null };
}

function subjectId(subject: KeyMatch['subject']): KeyId {
  return subject.kind === 'key' ? subject.key.id : subject.tombstone.id;
}

function findByTokenId(reader: Reader, id: CredentialId): readonly KeyMatch[] | undefined {
  const credential = reader.credentialByTokenId(id);
  const subject = credential && subjectByRef(reader, credential);
  return subject && [{ match: 'id', proven: false, subject, credential: null }];
}

function subjectById(reader: Reader, id: KeyId): KeyMatch['subject'] | undefined {
  const key = reader.key(id);
  if (key) return { kind: 'key', key };
  const tombstone = reader.tombstone(id);
  return tombstone && { kind: 'removed', tombstone };
}

function subjectByRef(reader: Reader, { keyRef }: Credential): KeyMatch['subject'] | undefined {
  const key = reader.keyByRef(keyRef);
  if (key) return { kind: 'key', key };
  const tombstone = reader.tombstoneByRef(keyRef);
  return tombstone && { kind: 'removed', tombstone };
}
