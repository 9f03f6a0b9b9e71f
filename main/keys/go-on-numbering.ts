import { lastListNumber } from './assign-status-index.ts';
import type { Ref } from './ids.ts';
import { lastBundle } from './last-bundle.ts';
import type { LaterMark } from './later-marks.ts';
import type { Reader } from './ports.ts';
import type { RestoredBundle } from './restored-bundles.ts';
import type { Service } from './service.ts';

/** How far numbers jump where nobody knows which were given after the backup. */
const BUNDLE_JUMP = 1_000_000;
const LIST_JUMP = 1000;

/** Where the numbers of a service go on after a restore. */
export interface GoOn {
  readonly service: Ref;
  readonly slug: string;
  /** Undefined: where the backup says. */
  readonly bundle: RestoredBundle | undefined;
  /** Whether the bundles jump. */
  readonly jumped: boolean;
  /** The number of the status list to begin; null: none is needed. */
  readonly list: number | null;
  /** Whether verifiers that took the newest bundle believe no trust key that is left: they need a new hand-over. */
  readonly handOver: boolean;
}

/** What is known of the time after a backup, as far as numbers go. */
export interface KnownLater {
  readonly database: ReadonlyMap<string, LaterMark>;
  readonly bundles: readonly ReadonlyMap<string, LaterMark>[];
  /** Whether the replaced database is at hand, whole, and the one in use: then no number is unknown. */
  readonly whole: boolean;
  /** Services of which a bundle was given that contradicts what the backup knows: two have the same number. */
  readonly forked: ReadonlySet<string>;
  /** The entry of the audit log at which the backup ends. */
  readonly headSeq: number;
  /** The kids of trust keys that still count, the active one first. */
  readonly trust: readonly string[];
}

/**
 * Numbers go on from the highest that is known. Where the replaced database is not at hand, others may have been given:
 * bundles go on behind the one that was given, which is the latest, or jump; status lists always jump, for tokens that
 * nobody knows any more may have places in lists that no bundle carried.
 */
export function goOnNumbering(reader: Reader, service: Service, known: KnownLater): GoOn {
  const { slug, ref } = service;
  const given = known.bundles.flatMap(each => each.get(slug) ?? []);
  const marks = [...given, ...[known.database.get(slug) ?? []].flat()];
  const own = lastBundle(reader, service);
  const highest = marks.reduce<LaterMark | undefined>(
    (best, mark) => (mark.sequence > (best?.sequence ?? own.sequence) ? mark : best),
    undefined,
  );
  const last = Math.max(own.sequence, highest?.sequence ?? 0);
  const isLatestGiven = given.some(({ sequence }) => sequence === last);
  const jumped = known.forked.has(slug) || !(known.whole || isLatestGiven);
  const [active] = known.trust;
  const lists = Math.max(lastListNumber(reader, service), ...marks.map(mark => mark.lists));
  return {
    service: ref,
    slug,
    jumped,
    bundle: jumped
      ? {
          sequence: last + BUNDLE_JUMP - 1,
          manifestSha256: null,
          headSeq: Math.min(own.headSeq, known.headSeq),
          told: false,
        }
      : highest && {
          sequence: highest.sequence,
          manifestSha256: highest.manifestSha256,
          headSeq: Math.min(highest.headSeq, known.headSeq),
          told: active !== undefined && highest.trust.has(active),
        },
    list:
      lists === 0 && (known.whole || service.format !== 'jwt') ? null : lists + (known.whole ? 1 : LIST_JUMP),
    handOver: highest !== undefined && !known.trust.some(kid => highest.trust.has(kid)),
  };
}
