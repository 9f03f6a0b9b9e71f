import type { AuditAction } from './audit.ts';
import type { BundleRecord } from './bundle.ts';
import type { Ref } from './ids.ts';
import type { Reader } from './ports.ts';
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
/** Entries of the log that are read at a time: some milliseconds of work. */
const SPAN = 1000;
/** Keys whose last change is looked up at a time. */
const LOOKUPS = 100;

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
  return toEnd(walkBundleChanges(reader, service));
}

/**
 * The same in steps of some milliseconds, for a thread that others wait for: the log may be long, and have little in it
 * of this service.
 */
export function* walkBundleChanges(reader: Reader, service: Service): Generator<undefined, BundleChanges> {
  const latest = reader.latestBundle(service.ref) ?? null;
  const since = knownTo(latest);
  const created = new Map<Ref, boolean>();
  for (const { upTo, after } of spans(since.keys, reader.head().seq)) {
    for (const { ref, action } of reader.changedKeys(service.ref, after, upTo))
      created.set(ref, created.get(ref) || action === 'key.create');
    if (created.size > COUNTED) break;
    yield;
  }
  const counts = { added: 0, changed: 0, disabled: 0, refused: 0 };
  for (const [index, [ref, isNew]] of [...created].slice(0, COUNTED).entries()) {
    counts[outcomeOf(isNew, reader.lastStatusChange(ref, since.keys))] += 1;
    if (index % LOOKUPS === 0) yield;
  }
  return {
    latest,
    ...counts,
    more: created.size > COUNTED,
    signingKeys: reader.signingKeys().filter(({ auditSeq }) => auditSeq > since.rest).length,
    audience: latest !== null && reader.isAudienceChangedSince(service.ref, since.rest),
  };
}

/** How far the log was read, by service, and whether there was any change of its keys after its newest bundle. */
export type SeenChanges = Map<Ref, { readonly since: number; readonly upTo: number; readonly any: boolean }>;

/** Whether the newest bundle of a service lacks anything, or there is none although there are keys. */
export function hasBundleChanges(reader: Reader, service: Service): boolean {
  return toEnd(walkHasBundleChanges(reader, service, new Map()));
}

/**
 * The same in steps, as {@link walkBundleChanges}.
 *
 * @param seen what was found before in the same log, which is only read on from there; what is found now is put there
 */
export function* walkHasBundleChanges(
  reader: Reader,
  service: Service,
  seen: SeenChanges,
): Generator<undefined, boolean> {
  const latest = reader.latestBundle(service.ref);
  const since = knownTo(latest);
  const known = seen.get(service.ref);
  let { upTo, any } = known?.since === since.keys ? known : { upTo: since.keys, any: false };
  const keep = () => seen.set(service.ref, { since: since.keys, upTo, any });
  if (!any)
    for (const span of spans(upTo, reader.head().seq)) {
      any = reader.changedKeys(service.ref, span.after, span.upTo).length > 0;
      ({ upTo } = span);
      keep();
      if (any) break;
      yield;
    }
  return (
    any ||
    (latest !== undefined &&
      (reader.isAudienceChangedSince(service.ref, since.rest) ||
        reader.signingKeys().some(({ auditSeq }) => auditSeq > since.rest)))
  );
}

/** Parts of the log between two entries. */
function* spans(after: number, upTo: number): Generator<{ readonly after: number; readonly upTo: number }> {
  for (let from = after; from < upTo; from += SPAN) yield { after: from, upTo: Math.min(from + SPAN, upTo) };
}

function toEnd<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
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

type Outcome = 'added' | 'changed' | 'disabled' | 'refused';

function outcomeOf(isNew: boolean, became: AuditAction | undefined): Outcome {
  if (became === 'key.revoke' || became === 'key.remove') return 'refused';
  if (became === 'key.disable') return 'disabled';
  return isNew ? 'added' : 'changed';
}
