import { given, KeysmithError } from './errors.ts';
import { formatTime } from './expiry.ts';
import { isKeyId, type Seconds } from './ids.ts';
import { issuerOf } from './jwt.ts';
import type { Credential, Key } from './key.ts';
import type { Reader } from './ports.ts';
import type { Service } from './service.ts';

/** SECURITY: what no service can be called may be the start of a pasted token: it is not looked for, nor repeated. */
const SERVICE_AND_NAME = /^([^/_]{1,32})\/(.*)$/s;

/**
 * The issuer of everything that is signed: `urn:uuid:` and the installation's ID.
 *
 * @throws TAMPERED
 */
export function requireIssuer(reader: Reader): string {
  const { id, tampered } = reader.installation();
  if (!tampered) return issuerOf(id);
  throw new KeysmithError(
    'TAMPERED',
    'The installation was changed outside Keysmith: its seal does not hold, and nothing is signed in its name. Restore a backup.',
  );
}

/** @throws SERVICE_NOT_FOUND, TAMPERED */
export function requireService(reader: Reader, slug: string): Service {
  const service = reader.service(slug);
  if (!service) {
    const existing = reader.services().map(each => each.slug);
    const allowed =
      existing.length === 0
        ? 'There is none yet; create one first.'
        : `Allowed are ${existing.slice(0, 20).join(', ')}${existing.length > 20 ? ' …' : ''}.`;
    throw new KeysmithError('SERVICE_NOT_FOUND', `The service ${given(slug)} does not exist. ${allowed}`, {
      field: 'service',
    });
  }
  if (service.tampered) {
    throw new KeysmithError(
      'TAMPERED',
      `The service ${service.slug} was changed outside Keysmith: its seal does not hold. Run the audit's verification and restore a backup.`,
      { field: 'service' },
    );
  }
  return service;
}

/**
 * Finds a key by its ID or by `service/name`.
 *
 * @throws KEY_NOT_FOUND also for a removed key, and then says so; SERVICE_NOT_FOUND
 */
export function requireKey(reader: Reader, reference: string): Key {
  if (isKeyId(reference)) {
    const key = reader.key(reference);
    if (key) return key;
    const tombstone = reader.tombstone(reference);
    if (tombstone) {
      throw new KeysmithError(
        'KEY_NOT_FOUND',
        `The key ${reference} was removed on ${formatTime(tombstone.removedAt)}. A removed key cannot be changed or brought back.`,
        { field: 'key' },
      );
    }
  } else {
    const [, slug = '', name = ''] = SERVICE_AND_NAME.exec(reference) ?? [];
    const key = slug && reader.keyByName(requireService(reader, slug).ref, name);
    if (key) return key;
  }
  throw new KeysmithError(
    'KEY_NOT_FOUND',
    `The key ${quoted(reference)}does not exist. A key is named by its ID (ak_…) or by service/name.`,
    { field: 'key' },
  );
}

/**
 * A key that may be changed.
 *
 * @throws KEY_NOT_FOUND, KEY_REVOKED, TAMPERED
 */
export function requireLiveKey(reader: Reader, reference: string): Key {
  const key = requireKey(reader, reference);
  requireIntact(key, reader.credentials(key.ref));
  if (key.status === 'revoked') {
    throw new KeysmithError(
      'KEY_REVOKED',
      `The key ${key.id} (${given(key.name)}) was revoked on ${formatTime(key.revokedAt ?? 0)}. Revoking is final: a revoked key can only be removed.`,
      { field: 'key' },
    );
  }
  return key;
}

/** Whether neither a key nor any of its credentials was edited by hand, and none is missing. */
export function isIntact(key: Key, credentials: readonly Credential[]): boolean {
  return (
    !key.tampered && credentials.length === key.credentials && !credentials.some(({ tampered }) => tampered)
  );
}

/**
 * SECURITY: a change seals the key and all its credentials anew; what was edited by hand must not be sealed with it.
 *
 * @throws TAMPERED
 */
export function requireIntact(key: Key, credentials: readonly Credential[]): void {
  if (isIntact(key, credentials)) return;
  throw new KeysmithError(
    'TAMPERED',
    `The key ${key.id} was changed outside Keysmith: its seal does not hold. It can be revoked or removed, not changed.`,
    { field: 'key' },
  );
}

/**
 * Refuses to issue or extend with a clock that cannot be right.
 *
 * A clock that stands earlier than the last entry of the audit log would give keys that live longer than
 * anyone meant. Revoking and exporting never ask this.
 *
 * @throws CLOCK_BEHIND
 */
export function requireClock(reader: Reader, now: Seconds): void {
  const last = reader.lastAuditTime();
  if (now < last) {
    throw new KeysmithError(
      'CLOCK_BEHIND',
      `This machine's clock says ${formatTime(now)}, but the last change was made at ${formatTime(last)}. Nothing is issued or extended until the clock is set right or its time is accepted.`,
    );
  }
}

/** SECURITY: what stands where a key is named may be a token that was pasted there; it is not repeated. */
function quoted(reference: string): string {
  return (SERVICE_AND_NAME.test(reference) && !reference.includes('_')) || isKeyId(reference)
    ? `${given(reference)} `
    : 'that was named ';
}
