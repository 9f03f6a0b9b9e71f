import { assignStatusIndex, openList, type StatusPlace } from './assign-status-index.ts';
import { KeysmithError } from './errors.ts';
import { type CredentialId, newCredentialId, type Ref, type Seconds } from './ids.ts';
import { type SignedAlready, signToken, type TokenClaims } from './jwt.ts';
import type { Credential, Key } from './key.ts';
import { requireIssuer } from './look-up.ts';
import { newOpaqueToken, opaqueHint, tokenDigest } from './opaque-token.ts';
import type { Actor } from './operator.ts';
import type { Draft, Ports, Writer } from './ports.ts';
import { requireActiveKey } from './require-signing-key.ts';
import type { Service } from './service.ts';
import { MAX_SIGNED_TOKEN } from './token-patterns.ts';

/** What of a key its secret depends on. */
export type IssuedFor = Pick<
  Key,
  'id' | 'kind' | 'name' | 'permissions' | 'roles' | 'allowedIps' | 'expiresAt'
>;

export interface Issue {
  readonly now: Seconds;
  readonly actor: Actor;
  readonly savedAt: Seconds | null;
  /** Of a token that was signed ahead. */
  readonly drawn?: DrawnToken | undefined;
}

/** What was drawn for a token before the transaction that issues it, and the token as it was signed then. */
export interface DrawnToken extends SignedAlready {
  readonly id: CredentialId;
  readonly listRef: Ref;
  readonly index: number;
}

interface Secret {
  readonly token: string;
  readonly credential: Omit<Draft<Credential>, 'keyRef'>;
}

type Common = Omit<Secret['credential'], 'format' | 'hint'>;

/**
 * Makes the secret of a key and what is kept of it.
 *
 * @returns the token, which is nowhere else, and the credential that recognises it
 * @throws TAMPERED when the token key cannot be used
 */
export function issueCredential(
  tx: Writer,
  ports: Ports,
  service: Service,
  key: IssuedFor,
  issue: Issue,
): Secret {
  const { now, actor, savedAt, drawn } = issue;
  const id = drawn?.id ?? newCredentialId(ports.random);
  const isPublic = key.kind === 'public';
  const common: Common = {
    id,
    digest: null,
    state: 'current',
    issuedAt: now,
    issuedBy: actor.name,
    // A token that is kept here counts as saved: it can be copied again.
    savedAt: isPublic ? now : savedAt,
    graceUntil: null,
    refusedAt: null,
    refusedReason: null,
    tokenEncrypted: null,
    signingKeyRef: null,
    tokenExpiresAt: null,
    statusListRef: null,
    statusIndex: null,
  };
  const { token, credential } =
    service.format === 'jwt'
      ? issueJwt(tx, ports, service, key, issue, common)
      : issueOpaque(ports, service, key, common);
  if (!isPublic) return { token, credential };
  // SECURITY: a private key's token is never kept.
  return { token, credential: { ...credential, tokenEncrypted: ports.tokens.encrypt(token, id) } };
}

function issueOpaque({ random }: Ports, service: Service, key: IssuedFor, common: Common): Secret {
  const token = newOpaqueToken(service.prefix, key.kind, key.id, random);
  return {
    token,
    credential: { ...common, format: 'opaque', hint: opaqueHint(token), digest: tokenDigest(token) },
  };
}

function issueJwt(
  tx: Writer,
  ports: Ports,
  service: Service,
  key: IssuedFor,
  { now, actor, drawn }: Issue,
  common: Common,
): Secret {
  const signingKey = requireActiveKey(tx, ports, actor, 'token', now);
  const place =
    (drawn && drawnPlace(tx, service, drawn)) ?? assignStatusIndex(tx, service, now, ports.random);
  const { list, index } = place;
  const claims = tokenClaims(requireIssuer(tx), service, key, { id: common.id, now, place });
  const token = signToken(claims, signingKey, ports.signing, drawn);
  requireTokenLength(token);
  return {
    token,
    credential: {
      ...common,
      format: 'jwt',
      hint: common.id,
      signingKeyRef: signingKey.ref,
      tokenExpiresAt: key.expiresAt,
      statusListRef: list.ref,
      statusIndex: index,
    },
  };
}

/** The place that was drawn, if it is free still. */
function drawnPlace(tx: Writer, service: Service, { listRef, index }: DrawnToken): StatusPlace | undefined {
  const list = openList(tx.statusLists(service.ref));
  return list?.ref === listRef && !tx.statusIndexTaken(listRef, index) ? { list, index } : undefined;
}

/** What a token of a key says. */
export function tokenClaims(
  issuer: string,
  service: Service,
  key: IssuedFor,
  { id, now, place }: { readonly id: CredentialId; readonly now: Seconds; readonly place: StatusPlace },
): TokenClaims {
  return {
    iss: issuer,
    sub: key.id,
    aud: service.audience,
    jti: id,
    iat: now,
    ...(key.expiresAt !== null && { exp: key.expiresAt }),
    name: key.name,
    ...((key.permissions.length > 0 || key.roles.length === 0) && { scope: key.permissions.join(' ') }),
    ...(key.roles.length > 0 && { roles: key.roles }),
    ...(key.allowedIps.length > 0 && { allowed_ips: key.allowedIps }),
    status: { status_list: { idx: place.index, uri: place.list.uri } },
  };
}

function requireTokenLength(token: string): void {
  if (token.length <= MAX_SIGNED_TOKEN) return;
  throw new KeysmithError(
    'TOKEN_TOO_LARGE',
    `The token would have ${token.length} characters. Allowed are up to ${MAX_SIGNED_TOKEN}: give the role for all accounts (*) instead of many, or ranges such as 10.0.0.0/8 instead of many addresses.`,
    { field: 'roles' },
  );
}
