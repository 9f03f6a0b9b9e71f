import { addAccounts } from './add-accounts.ts';
import { completeKey, creationOf, draftWithoutRoles, type KeyRequest } from './draft-key.ts';
import { given, KeysmithError } from './errors.ts';
import { newKeyId, type Ref } from './ids.ts';
import { issueCredential } from './issue-credential.ts';
import type { Key } from './key.ts';
import { requireClock, requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { Ports, Reader } from './ports.ts';
import { resolveRoles } from './roles.ts';

export interface CreateKeyRequest extends KeyRequest {
  readonly service: string;
  /** Put accounts that the roles name into the catalog where it does not have them. */
  readonly addAccounts?: boolean | undefined;
  /**
   * Keeps the secret where it is safe, before the key exists: the key then counts as saved.
   * When it throws, no key is made.
   */
  readonly keep?: ((token: string) => void) | undefined;
  /**
   * Hands the secret over before the key exists: when it throws, no key is made. A key whose commit fails afterwards
   * leaves a secret that opens nothing.
   */
  readonly deliver?: ((issued: IssuedKey) => void) | undefined;
}

/** A key and its secret. The secret is nowhere else: whoever holds this shows it once and drops it. */
export interface IssuedKey {
  readonly key: Key;
  readonly token: string;
}

/**
 * Issues a key with its first credential.
 *
 * @throws SERVICE_NOT_FOUND, NAME_INVALID, NAME_TAKEN, DESCRIPTION_INVALID, OWNER_INVALID, KIND_NOT_ALLOWED,
 *   ROLE_*, ACCOUNT_*, PERMISSION_UNKNOWN, PERMISSION_NOT_PUBLIC, IP_INVALID, IPS_NOT_USED, EXPIRY_*, CLOCK_BEHIND, STORE_*
 */
export function createKey(ports: Ports, actor: Actor, request: CreateKeyRequest): IssuedKey {
  const { store, clock, random } = ports;
  return store.change(actor, clock, (tx, now) => {
    requireClock(tx, now);
    const service = requireService(tx, request.service);
    const asked = draftWithoutRoles(service, tx.catalog(service.ref), request, now);
    requireFreeName(tx, service.ref, asked.name);
    if (request.addAccounts) addAccounts(tx, service, request.roles ?? []);
    const roles = resolveRoles(request.roles ?? [], tx.catalog(service.ref), asked.kind);

    const id = newKeyId(random);
    const issue = { now, actor, savedAt: request.keep ? now : null };
    const { token, credential } = issueCredential(tx, ports, service, { id, ...asked, roles }, issue);
    const draft = completeKey(service, { ...asked, roles }, { id, now, actor, credential });
    const stamp = tx.record(creationOf(draft));
    const key = tx.addKey(draft, credential, stamp);
    // Last before the commit: a secret that could not be kept or handed over must not have a key.
    request.keep?.(token);
    request.deliver?.({ key, token });
    return { key, token };
  });
}

/** @throws NAME_TAKEN */
export function requireFreeName(reader: Reader, serviceRef: Ref, name: string, except?: Ref): void {
  const holder = reader.keyByName(serviceRef, name);
  if (!holder || holder.ref === except) return;
  throw new KeysmithError(
    'NAME_TAKEN',
    `The name ${given(name)} is taken by the key ${holder.id} (${given(holder.name)}). Names are unique within a service, whatever their case; remove that key or choose another name.`,
    { field: 'name' },
  );
}
