import type { Seconds } from '../keys/ids.ts';
import { lastBundle } from '../keys/last-bundle.ts';
import { planStricter, type StricterPlan } from '../keys/plan-stricter.ts';
import type { Reader } from '../keys/ports.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { type LaterBundle, openLaterBundle } from './later-bundle.ts';
import { laterDatabase } from './later-database.ts';
import type { LaterState } from './later-state.ts';
import { isUnreadable, type ReplacedDatabase } from './replaced-database.ts';

/** Everything that is known of the time after a backup. */
export interface Later {
  readonly plan: StricterPlan;
  /** Null: the database that is replaced says nothing. */
  readonly database: LaterState | null;
  readonly bundles: readonly LaterBundle[];
  /** Whether the replaced database was read to its end, and is whole. */
  readonly whole: boolean;
  /** Services of which a bundle was given that has the number of another one that the backup knows. */
  readonly forked: ReadonlySet<string>;
  /** What to tell the admin of it. */
  readonly remarks: readonly string[];
}

/**
 * Learns from the replaced database and from bundles what a backup does not know yet.
 *
 * @param paths bundles, one for each service at most
 * @throws BundleError for a bundle that cannot be believed
 */
export async function gatherLater(
  restored: Reader,
  replaced: ReplacedDatabase,
  paths: readonly string[],
  now: Seconds,
): Promise<Later> {
  const planner = planStricter(restored, now);
  const remarks: string[] = [];
  let database: LaterState | null = null;
  let whole = false;
  if (replaced.kind === 'unreadable')
    remarks.push(`From the database that was there, nothing could be learned: ${replaced.why}`);
  if (replaced.kind === 'same') {
    ({ whole } = replaced);
    if (!whole && !replaced.isOlder)
      remarks.push(
        'The log of the database that was there does not hold, or does not go up to where it was last seen: what it refused is refused, but it may not know everything.',
      );
    try {
      if (!replaced.isOlder) database = laterDatabase(replaced.store, replaced.since, now);
      await database?.tell(planner);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      whole = false;
      remarks.push(`The database that was there could be read only in part: ${error.message}`);
    }
  }
  const bundles: LaterBundle[] = [];
  const forked = new Set<string>();
  for (const path of paths) {
    const bundle = await openLaterBundle(path, restored, believed(restored, replaced));
    const relation = relate(restored, bundle);
    if (relation === 'forked') forked.add(bundle.service);
    if (relation === 'known') {
      bundles.push({ ...bundle, signingKeys: new Map() });
      continue;
    }
    if (!restored.service(bundle.service))
      remarks.push(
        `The service ${bundle.service} was made after the backup, which does not know it: its keys are gone.`,
      );
    bundles.push(bundle);
    await bundle.tell(planner);
  }
  return { plan: planner.result(), database, bundles, whole, forked, remarks };
}

/** Trust keys that still count: of the backup, where the replaced database does not say otherwise, and its own. */
function believed(restored: Reader, replaced: ReplacedDatabase): readonly SigningKey[] {
  const isTrusted = ({ purpose, state, tampered }: SigningKey) =>
    purpose === 'trust' && (state === 'active' || state === 'verifying') && !tampered;
  const later = replaced.kind === 'same' && !replaced.isOlder ? replaced.store.signingKeys() : [];
  const ended = new Set(later.filter(key => !key.tampered && !isTrusted(key)).map(({ kid }) => kid));
  const keys = [...restored.signingKeys(), ...later].filter(key => isTrusted(key) && !ended.has(key.kid));
  return [...new Map(keys.map(key => [key.kid, key])).values()];
}

const MAX_BUNDLES = 100_000;

/** A bundle that the backup knows was exported before it, and can tell it nothing. */
function relate(
  restored: Reader,
  { service: slug, sequence, hash }: LaterBundle,
): 'known' | 'later' | 'forked' {
  const service = restored.service(slug);
  if (!service) return 'later';
  const same = restored.bundles(service.ref, MAX_BUNDLES).find(each => each.sequence === sequence);
  if (same) return same.manifestSha256.toString('hex') === hash ? 'known' : 'forked';
  const last = lastBundle(restored, service);
  if (last.sequence < sequence) return 'later';
  return last.sequence === sequence && last.manifestSha256 === hash ? 'known' : 'forked';
}
