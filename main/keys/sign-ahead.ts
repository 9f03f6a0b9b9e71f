import { drawPlace, openList } from './assign-status-index.ts';
import { draftMany } from './draft-many.ts';
import { KeysmithError } from './errors.ts';
import { type KeyId, newCredentialId, newKeyId, type Ref, type Seconds } from './ids.ts';
import { type DrawnToken, tokenClaims } from './issue-credential.ts';
import type { ManyKeys } from './issue-many.ts';
import { signTokenLater } from './jwt.ts';
import { requireIssuer } from './look-up.ts';
import type { Ports, Reader } from './ports.ts';

/**
 * Tokens of keys that are about to be issued, signed before the transaction that issues them.
 *
 * SECURITY: they leave this process only once that transaction has made their keys; whatever was signed for a key that
 * is not made is forgotten.
 */
export interface SignedAhead {
  /** When they say that they were issued. */
  readonly now: Seconds;
  /** In the order of the keys that were asked for. */
  readonly keys: readonly { readonly id: KeyId; readonly token: DrawnToken }[];
}

/** Places in status lists that were drawn, and are of no credential yet. */
export interface DrawnPlaces {
  /** Of keys that are about to be issued. */
  readonly before: ReadonlySet<string>;
  /** Of these keys; filled in. */
  readonly own: Set<string>;
}

/**
 * Draws what the tokens of these keys need, and signs them in other threads. Nothing is certain of it: between now and
 * the transaction another process may change whatever it rests on. What comes out different then is signed there.
 *
 * @returns undefined where nothing can be signed ahead: why, whoever issues the keys finds out and says
 */
export async function signAhead(
  { store, random, signing }: Ports,
  request: ManyKeys,
  drawn: DrawnPlaces,
): Promise<SignedAhead | undefined> {
  try {
    const planned = store.snapshot(reader => planTokens(reader, random, request, drawn));
    if (!planned) return undefined;
    const { signingKey, keys } = planned;
    const signed = keys.map(async ({ id, place, claims }) => {
      const made = await signTokenLater(claims, signingKey, signing);
      return { id, token: { ...made, id: claims.jti, listRef: place.list.ref, index: place.index } };
    });
    return { now: request.now, keys: await Promise.all(signed) };
  } catch (error) {
    if (error instanceof KeysmithError) return undefined;
    throw error;
  }
}

function planTokens(
  reader: Reader,
  random: Ports['random'],
  { service: slug, keys, now }: ManyKeys,
  { before, own }: DrawnPlaces,
) {
  const service = reader.service(slug);
  const signingKey = reader.activeSigningKey('token');
  if (service?.format !== 'jwt' || service.tampered || !signingKey || signingKey.tampered) return undefined;
  const list = openList(reader.statusLists(service.ref));
  if (!list) return undefined;
  const isTaken = (ref: Ref, index: number) => {
    const place = placeName(ref, index);
    return before.has(place) || own.has(place) || reader.statusIndexTaken(ref, index);
  };
  const issuer = requireIssuer(reader);
  const draft = draftMany(service, reader.catalog(service.ref));
  const planned = [];
  for (const texts of keys) {
    const place = drawPlace({ statusIndexTaken: isTaken }, list, random);
    // The list is full: the transaction begins the next one.
    if (!place) return undefined;
    own.add(placeName(list.ref, place.index));
    const [id, tokenId] = [newKeyId(random), newCredentialId(random)];
    const claims = tokenClaims(issuer, service, { id, ...draft(texts, now) }, { id: tokenId, now, place });
    planned.push({ id, place, claims });
  }
  return { signingKey, keys: planned };
}

const placeName = (list: Ref, index: number) => `${list}/${index}`;

/** How long ago a key may be issued by its time, in seconds. */
const MAX_AHEAD = 2;

/**
 * The time of a transaction whose tokens were signed ahead: theirs, while nothing later was done since.
 *
 * @param latest the time of the latest entry of the audit log
 */
export function timeOf(ahead: SignedAhead | undefined, now: Seconds, latest: Seconds): Seconds {
  if (!ahead || ahead.now > now || now - ahead.now > MAX_AHEAD || latest > ahead.now) return now;
  return ahead.now;
}
