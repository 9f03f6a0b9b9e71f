import { realpath, stat } from 'node:fs/promises';
import type { Accepted } from './accepted.ts';
import type { Bundle, OpenOptions } from './bundle.ts';
import type { BundleSource } from './bundle-source.ts';
import type { Contents } from './contents.ts';
import { decide } from './decide.ts';
import { explainSteps } from './explain.ts';
import { openFolder, unreadable } from './folder-source.ts';
import { handoverOf, parseAccepted } from './last-accepted.ts';
import { loadContents } from './load-contents.ts';
import { checkTime, type Expectations, openManifest } from './open-manifest.ts';
import { parseTrustDocument } from './parse-trust.ts';
import { type CheckedRequest, clock, readRequest } from './read-request.ts';
import { isCount } from './shapes.ts';
import { openZip } from './zip-source.ts';

/**
 * Opens a verification bundle: believes it wholly, or refuses it wholly. Afterwards nothing is read any more, and the
 * folder or zip may go.
 *
 * @param path a bundle's folder or its .zip
 * @throws BundleError with the code of the first thing that is wrong
 * @throws TypeError for options of another type
 * @example
 * const bundle = await openBundle('/srv/keys/current.zip', { trust, lastAccepted: state, service: 'billing' });
 * await store(bundle.accepted);
 * const { valid, reason } = bundle.verify(token, { ip, permission: 'invoices:read' });
 */
export async function openBundle(path: string, options: OpenOptions): Promise<Bundle> {
  const expected = readOptions(options);
  const source = await openSource(path);
  try {
    const opened = await openManifest(source, expected);
    const contents = await loadContents(source, opened);
    return toBundle(contents, {
      format: 'keysmith-state/1',
      iss: opened.manifest.iss,
      service: opened.manifest.service,
      sequence: opened.manifest.sequence,
      manifest: opened.hash,
      trust: [...opened.manifest.trust.values()].map(({ jwk }) => jwk),
      handover: handoverOf(expected.trust),
    });
  } finally {
    await source.close();
  }
}

function readOptions({ trust, lastAccepted = null, service, at = clock() }: OpenOptions): Expectations {
  if (service !== undefined && typeof service !== 'string')
    throw new TypeError('The option "service" is no string.');
  if (!isCount(at)) throw new TypeError('The option "at" is not a whole number of seconds.');
  return {
    trust: parseTrustDocument(trust),
    last: lastAccepted === null ? null : parseAccepted(lastAccepted),
    service: service ?? null,
    at,
  };
}

/** A bundle's folder or its .zip, of which nothing is believed yet. @throws BUNDLE_UNREADABLE */
export async function openSource(path: string): Promise<BundleSource> {
  try {
    // A link to the bundle in use may be swapped at any moment: it is followed once.
    const real = await realpath(path);
    const found = await stat(real);
    if (found.isDirectory()) return await openFolder(real);
    // A pipe would be waited for.
    if (!found.isFile()) throw new Error('it is neither a file nor a folder');
    return await openZip(real);
  } catch (error) {
    throw unreadable(error, null);
  }
}

function toBundle(contents: Contents, accepted: Accepted): Bundle {
  const { iss, service, audience, sequence, issuedAt, expiresAt } = contents.manifest;
  const read = (token: string, request: unknown): CheckedRequest => {
    if (typeof token !== 'string') throw new TypeError('The token is not a string.');
    const checked = readRequest(request);
    // SECURITY: outside its time a bundle says nothing: the clock was set back, or revocations are missing.
    checkTime({ issuedAt, expiresAt }, checked.at);
    return checked;
  };
  return {
    iss,
    service,
    audience,
    sequence,
    issuedAt,
    expiresAt,
    accepted,
    verify(token, request) {
      const { reason, key } = decide(contents, token, read(token, request));
      return { valid: reason === null, reason, key, service, sequence };
    },
    explain(token, request) {
      const checked = read(token, request);
      const finding = decide(contents, token, checked);
      const { reason, key } = finding;
      const steps = explainSteps(finding, contents, checked);
      return { valid: reason === null, reason, key, service, sequence, steps };
    },
  };
}
