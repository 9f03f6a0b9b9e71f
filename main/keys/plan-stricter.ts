import type { KeyLine, RevokedLine } from '../verify/key-lines.ts';
import type { CredentialId, KeyId, Ref, Seconds } from './ids.ts';
import { type Credential, credentialAt, type Key } from './key.ts';
import { narrowReach, type Reach } from './narrow-key.ts';
import type { Reader } from './ports.ts';

/** Why a key ends that the restored state takes for a live one. `superseded`: its newer secret is not known here. */
export type EndReason = 'revoked' | 'removed' | 'superseded';

/** How a restored key is to become stricter. */
export interface StricterKey {
  readonly id: KeyId;
  readonly name: string;
  readonly service: string;
  readonly end: { readonly reason: EndReason; readonly at: Seconds } | null;
  readonly disabled: boolean;
  /** The earlier end; undefined: none. */
  readonly expiresAt: Seconds | undefined;
  readonly reach: Reach | undefined;
  /** Previous secrets that are refused, or whose grace period ends earlier. */
  readonly previous: ReadonlyMap<Ref, { readonly graceUntil: Seconds | null; readonly at: Seconds }>;
}

export interface StricterPlan {
  readonly keys: readonly StricterKey[];
  /** Token keys that somebody else may have: what they signed is refused as compromised there. */
  readonly compromised: ReadonlySet<Ref>;
  /** Keys that services take and that the restored state does not know. */
  readonly unknown: readonly KeyId[];
}

/** What a later state says of a credential: as it stands in a bundle. */
export type LaterLine = KeyLine | RevokedLine;

type Draft = { -readonly [member in keyof StricterKey]: StricterKey[member] } & {
  readonly previous: Map<Ref, { graceUntil: Seconds | null; at: Seconds }>;
};

/**
 * Gathers, line by line, what a later state refuses and a restored one does not. Only what differs is kept.
 *
 * @param restored the state that is to become stricter
 */
export function planStricter(restored: Reader, now: Seconds) {
  const drafts = new Map<Ref, Draft>();
  const compromised = new Set<Ref>();
  const unknown = new Set<KeyId>();

  const draftOf = (key: Key): Draft => {
    const known = drafts.get(key.ref);
    if (known) return known;
    const draft: Draft = {
      id: key.id,
      name: key.name,
      service: key.service,
      end: null,
      disabled: false,
      expiresAt: undefined,
      reach: undefined,
      previous: new Map(),
    };
    drafts.set(key.ref, draft);
    return draft;
  };

  const end = (key: Key, reason: EndReason, at: Seconds) => {
    // A revoked key can only become a removed one.
    if (key.status === 'revoked' && reason !== 'removed') return;
    const draft = draftOf(key);
    if (!draft.end || RANK[reason] > RANK[draft.end.reason]) draft.end = { reason, at };
  };

  const refuse = (key: Key, line: RevokedLine) => {
    if (line.reason === 'revoked' || line.reason === 'removed') {
      end(key, line.reason, line.at);
      return;
    }
    const credential = credentialOf(restored, key, line, now);
    if (!credential || credential.state === 'refused') return;
    if (line.reason === 'compromised' && credential.signingKeyRef !== null)
      compromised.add(credential.signingKeyRef);
    else if (credential.state === 'current') end(key, 'superseded', line.at);
    else draftOf(key).previous.set(credential.ref, { graceUntil: null, at: line.at });
  };

  const narrow = (key: Key, line: KeyLine) => {
    if (key.status === 'revoked') return;
    if (line.status === 'disabled' && key.status === 'active') draftOf(key).disabled = true;
    narrowKey(key, line, draftOf, drafts.get(key.ref));
    const credential = credentialOf(restored, key, line, now);
    if (line.not_after === null || !credential || credential.state === 'refused') return;
    if (credential.state === 'previous') {
      if (line.not_after < (credential.graceUntil ?? Infinity))
        draftOf(key).previous.set(credential.ref, { graceUntil: line.not_after, at: now });
    } else if (line.not_after < (drafts.get(key.ref)?.expiresAt ?? key.expiresAt ?? Infinity)) {
      // Either the key ends earlier there, or this is a previous secret there: its end is the key's, which has no other.
      draftOf(key).expiresAt = line.not_after;
    }
  };

  return {
    add(line: LaterLine): void {
      const id = line.id as KeyId;
      const key = restored.key(id);
      if (key && 'reason' in line) refuse(key, line);
      else if (key && !('reason' in line)) narrow(key, line);
      else if (!('reason' in line) && !restored.tombstone(id)) unknown.add(id);
    },
    /** A key that was removed there; a line alone does not tell one that was revoked before. */
    remove(id: KeyId, at: Seconds): void {
      const key = restored.key(id);
      if (key) end(key, 'removed', at);
    },
    /** A key of which a later state cannot say what it is any more, although it was changed. */
    distrust(id: KeyId, at: Seconds): void {
      const key = restored.key(id);
      if (key) end(key, 'revoked', at);
    },
    result: (): StricterPlan => ({ keys: [...drafts.values()], compromised, unknown: [...unknown] }),
  };
}

const RANK: Readonly<Record<EndReason, number>> = { superseded: 0, revoked: 1, removed: 2 };

function narrowKey(key: Key, line: KeyLine, draftOf: (key: Key) => Draft, draft: Draft | undefined): void {
  const before = draft?.reach ?? key;
  const there = { permissions: line.permissions, roles: line.roles, allowedIps: line.allowed_ips };
  const reach = narrowReach(before, there);
  // SECURITY: from no address may both be used, and "no address" cannot be written down: it stays refused so.
  if (!reach) draftOf(key).disabled = true;
  else if (JSON.stringify(reach) !== JSON.stringify(pickReach(before))) draftOf(key).reach = reach;
}

function pickReach({ permissions, roles, allowedIps }: Reach): Reach {
  return { permissions, roles, allowedIps };
}

/** SECURITY: a line that names another key than the credential is of says nothing about either. */
function credentialOf(reader: Reader, key: Key, line: LaterLine, now: Seconds): Credential | undefined {
  const found =
    line.sha256 === null
      ? reader.credentialByTokenId(line.credential as CredentialId)
      : reader.credentialByDigest(Buffer.from(line.sha256, 'hex'));
  return found?.keyRef === key.ref ? credentialAt(found, now) : undefined;
}
