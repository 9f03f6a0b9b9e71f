import type { BundleView, BundleWarning } from '../../preload/contract.ts';
import { stepByStep } from '../exchange/in-turns.ts';
import type { BundleRecord } from '../keys/bundle.ts';
import { type SeenChanges, walkBundleChanges, walkHasBundleChanges } from '../keys/bundle-changes.ts';
import { BUNDLE_ENDING } from '../keys/bundle-validity.ts';
import type { Seconds } from '../keys/ids.ts';
import { lastBundle } from '../keys/last-bundle.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import type { Service } from '../keys/service.ts';
import type { Session } from '../trust/session.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type BundleChannel = Extract<keyof Handlers, `bundles:${string}`>;

const NEWEST = { field: 'created', descending: true } as const;

/** Bundles that the window lists. */
const LISTED = 100;

export function bundleVerbs({ sessions, clock }: DesktopContext): Pick<Handlers, BundleChannel> {
  /** What was read of the log of a session already: it is asked again after every change. */
  const seenBy = new WeakMap<Session, SeenChanges>();
  const seenOf = (session: Session): SeenChanges => {
    const seen = seenBy.get(session) ?? new Map();
    seenBy.set(session, seen);
    return seen;
  };
  /** Work in steps, between which the session may be gone. @throws LOCKED */
  const inSteps = <T>(session: Session, steps: Generator<unknown, T>): Promise<T> =>
    stepByStep(
      (function* () {
        for (;;) {
          sessions.requireSame(session);
          const step = steps.next();
          if (step.done) return step.value;
          yield;
        }
      })(),
    );
  return {
    'bundles:list': async ({ service: slug }) => {
      const session = sessions.require();
      const { store } = session;
      const service = requireService(store, slug);
      const { latest: _, ...changes } = await inSteps(session, walkBundleChanges(store, service));
      return store.snapshot(reader => ({
        bundles: reader.bundles(service.ref, LISTED).map(bundle => toBundleView(reader, bundle)),
        next: lastBundle(reader, service).next,
        changes,
      }));
    },
    'bundles:warnings': () => {
      const session = sessions.require();
      return inSteps(session, walkWarnings(session.store, clock(), seenOf(session)));
    },
  };
}

export function toBundleView(reader: Reader, bundle: BundleRecord): BundleView {
  const { sequence, issuedAt, expiresAt, createdBy, tampered, manifestSha256, signingKeyRef } = bundle;
  return {
    sequence,
    issuedAt,
    expiresAt,
    createdBy,
    tampered,
    manifestSha256: manifestSha256.toString('hex'),
    signedBy: reader.signingKeyByRef(signingKeyRef)?.kid ?? '',
  };
}

function* walkWarnings(
  reader: Reader,
  now: Seconds,
  seen: SeenChanges,
): Generator<undefined, readonly BundleWarning[]> {
  const warnings: BundleWarning[] = [];
  for (const service of reader.services()) {
    const warning = yield* walkWarning(reader, service, now, seen);
    if (warning) warnings.push(warning);
    yield;
  }
  return warnings;
}

function* walkWarning(
  reader: Reader,
  service: Service,
  now: Seconds,
  seen: SeenChanges,
): Generator<undefined, BundleWarning | undefined> {
  const { slug, title } = service;
  const latest = reader.latestBundle(service.ref);
  if (!latest) {
    const active = { serviceRef: service.ref, statuses: ['active'], sort: NEWEST, limit: 1 } as const;
    return reader.keys(active, now).keys.length === 0
      ? undefined
      : { service: slug, title, kind: 'none', expiresAt: null };
  }
  const { expiresAt } = latest;
  if (expiresAt <= now) return { service: slug, title, kind: 'ended', expiresAt };
  if (expiresAt <= now + BUNDLE_ENDING) return { service: slug, title, kind: 'ending', expiresAt };
  const isChanged = yield* walkHasBundleChanges(reader, service, seen);
  return isChanged ? { service: slug, title, kind: 'changed', expiresAt } : undefined;
}
