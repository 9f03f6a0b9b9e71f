import type { AuditAction } from './audit.ts';
import type { BundleRecord } from './bundle.ts';
import type { ChangedKey, Reader } from './ports.ts';
import type { Service } from './service.ts';

/** Changes of a key after which services that have an older bundle do not know what it is. */
export const BUNDLED_ACTIONS = [
  'key.create',
  'key.edit',
  'key.rename',
  'key.rotate',
  'key.reissue',
  'key.end-grace',
  'key.disable',
  'key.enable',
  'key.revoke',
  'key.remove',
] as const satisfies readonly AuditAction[];

/** What a bundle says of a key and an edit may change. */
export const BUNDLED_MEMBERS = ['permissions', 'roles', 'allowed_ips', 'expires_at'] as const;

/** Keys that are looked at: beyond, a number is only "at least". */
const COUNTED = 10_000;

export interface BundleChanges {
  /** The newest bundle of the service; null when there is none. */
  readonly latest: BundleRecord | null;
  /** Keys that changed since: those that are new and not refused, changed otherwise, disabled, refused. */
  readonly added: number;
  readonly changed: number;
  readonly disabled: number;
  readonly refused: number;
  /** Whether there are more changed keys than were counted. */
  readonly more: boolean;
  /** Signing keys that were made, rotated, retired or marked as compromised since. */
  readonly signingKeys: number;
  /** Whether the service's audience changed since. */
  readonly audience: boolean;
}

/** What the newest bundle of a service does not carry yet. */
export function bundleChanges(reader: Reader, service: Service): BundleChanges {
  const latest = reader.latestBundle(service.ref) ?? null;
  const since = knownTo(latest);
  const keys = reader.changedKeys(service.ref, since.keys, COUNTED + 1);
  const outcomes = keys.slice(0, COUNTED).map(outcomeOf);
  const count = (outcome: Outcome) => outcomes.filter(each => each === outcome).length;
  return {
    latest,
    added: count('added'),
    changed: count('changed'),
    disabled: count('disabled'),
    refused: count('refused'),
    more: keys.length > COUNTED,
    signingKeys: reader.signingKeys().filter(({ auditSeq }) => auditSeq > since.rest).length,
    audience: latest !== null && reader.isAudienceChangedSince(service.ref, since.rest),
  };
}

/** Whether the newest bundle of a service lacks anything, or there is none although there are keys. */
export function hasBundleChanges(reader: Reader, service: Service): boolean {
  const latest = reader.latestBundle(service.ref);
  const since = knownTo(latest);
  return (
    reader.isAnyKeyChangedSince(service.ref, since.keys) ||
    (latest !== undefined &&
      (reader.isAudienceChangedSince(service.ref, since.rest) ||
        reader.signingKeys().some(({ auditSeq }) => auditSeq > since.rest)))
  );
}

/**
 * The entries of the audit log up to which a bundle knows keys, and the rest: signing keys and the audience are read
 * when it is recorded, and its first trust key is made then.
 *
 * SECURITY: a record that was edited by hand must not hide what services have not been told.
 */
export function knownTo(bundle: BundleRecord | null | undefined): {
  readonly keys: number;
  readonly rest: number;
} {
  if (!bundle || bundle.tampered) return { keys: 0, rest: 0 };
  return { keys: bundle.headSeq, rest: bundle.auditSeq };
}

/** How many keys a bundle would bring news of. */
export function changedKeyCount({ added, changed, disabled, refused }: BundleChanges): number {
  return added + changed + disabled + refused;
}

type Outcome = 'added' | 'changed' | 'disabled' | 'refused';

function outcomeOf({ created, last }: ChangedKey): Outcome {
  if (last === 'key.revoke' || last === 'key.remove') return 'refused';
  if (last === 'key.disable') return 'disabled';
  return created ? 'added' : 'changed';
}
