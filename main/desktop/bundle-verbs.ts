import type { BundleView, BundleWarning } from '../../preload/contract.ts';
import type { BundleRecord } from '../keys/bundle.ts';
import { bundleChanges, hasBundleChanges } from '../keys/bundle-changes.ts';
import { BUNDLE_ENDING } from '../keys/bundle-validity.ts';
import type { Seconds } from '../keys/ids.ts';
import { lastBundle } from '../keys/last-bundle.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import type { Service } from '../keys/service.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type BundleChannel = Extract<keyof Handlers, `bundles:${string}`>;

/** Bundles that the window lists. */
const LISTED = 100;

export function bundleVerbs({ sessions, clock }: DesktopContext): Pick<Handlers, BundleChannel> {
  return {
    'bundles:list': ({ service: slug }) =>
      sessions.require().store.snapshot(reader => {
        const service = requireService(reader, slug);
        const { latest: _, ...changes } = bundleChanges(reader, service);
        return {
          bundles: reader.bundles(service.ref, LISTED).map(bundle => toBundleView(reader, bundle)),
          next: lastBundle(reader, service).next,
          changes,
        };
      }),
    'bundles:warnings': () =>
      sessions.require().store.snapshot(reader => {
        const now = clock();
        return reader.services().flatMap(service => warningOf(reader, service, now) ?? []);
      }),
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

function warningOf(reader: Reader, service: Service, now: Seconds): BundleWarning | undefined {
  const { slug, title } = service;
  const latest = reader.latestBundle(service.ref);
  if (!latest) {
    const hasKeys = reader.activeKeys(service.ref, now) > 0;
    return hasKeys ? { service: slug, title, kind: 'none', expiresAt: null } : undefined;
  }
  const { expiresAt } = latest;
  if (expiresAt <= now) return { service: slug, title, kind: 'ended', expiresAt };
  if (expiresAt <= now + BUNDLE_ENDING) return { service: slug, title, kind: 'ending', expiresAt };
  return hasBundleChanges(reader, service) ? { service: slug, title, kind: 'changed', expiresAt } : undefined;
}
