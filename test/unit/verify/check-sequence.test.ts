import { describe, expect, it } from 'vitest';
import { type Accepted, openBundle } from '../../../main/verify/index.ts';
import { refusedBundle } from '../../fixtures/expect-refused.ts';
import {
  type HandmadeBundle,
  handmadeBundle,
  ISS,
  inFolder,
  NOW,
  trustDocument,
  trustKey,
} from '../../fixtures/handmade-bundle.ts';
import { handmadeKey } from '../../fixtures/handmade-keys.ts';

const trust = trustDocument();
const open = (bundle: HandmadeBundle, lastAccepted: Accepted | null, document = trust) =>
  openBundle(inFolder(bundle), { trust: document, lastAccepted, at: NOW });

describe('after a bundle was accepted', () => {
  const first = handmadeBundle({ sequence: 5, previous: 'a'.repeat(64) });
  const state = async () => (await open(first, null)).accepted;

  it('the same one is accepted again, with the same state', async () => {
    const accepted = await state();
    expect((await open(first, accepted)).accepted).toEqual(accepted);
  });

  it('the next one is accepted when it names it', async () => {
    const next = handmadeBundle({ sequence: 6, previous: first.hash });
    expect((await open(next, await state())).accepted).toMatchObject({ sequence: 6, manifest: next.hash });
  });

  it('the next one is refused when it names another or none', async () => {
    for (const previous of ['b'.repeat(64), null]) {
      const next = handmadeBundle({ sequence: 6, previous });
      await refusedBundle('BUNDLE_CHAIN_BROKEN', 'manifest.json', open(next, await state()));
    }
  });

  it('one after a gap is accepted, whatever it names', async () => {
    const later = handmadeBundle({ sequence: 8, previous: 'c'.repeat(64) });
    expect((await open(later, await state())).sequence).toBe(8);
  });

  it('an older one is refused', async () => {
    const older = handmadeBundle({ sequence: 4 });
    await refusedBundle('BUNDLE_ROLLED_BACK', 'manifest.json', open(older, await state()));
  });

  it('another one with the same number is refused', async () => {
    const beside = handmadeBundle({ sequence: 5 });
    await refusedBundle('BUNDLE_FORKED', 'manifest.json', open(beside, await state()));
  });

  it('one of another service is refused, also when none is named', async () => {
    const other = handmadeBundle({
      sequence: 6,
      manifest: manifest => Object.assign(manifest, { service: 'crm' }),
    });
    await refusedBundle('BUNDLE_OTHER_SERVICE', 'manifest.json', open(other, await state()));
  });

  it('a state of another installation is refused', async () => {
    const elsewhere = { ...(await state()), iss: ISS.replace('0b5c', 'ffff') };
    await refusedBundle('BUNDLE_OTHER_ISSUER', 'manifest.json', open(first, elsewhere));
  });

  it.each<[string, object]>([
    ['format', { format: 'keysmith-state/2' }],
    ['sequence', { sequence: '5' }],
    ['hash', { manifest: 'x' }],
    ['trust', { trust: [] }],
    ['handover', { handover: null }],
    ['members', { more: 1 }],
  ])('a state with another %s is refused, never taken for none', async (_, change) => {
    await refusedBundle('BUNDLE_MALFORMED', null, open(first, { ...(await state()), ...change } as Accepted));
  });
});

describe('a trust key that is replaced', () => {
  const next = handmadeKey();
  const one = handmadeBundle({ sequence: 1 });
  const two = handmadeBundle({ sequence: 2, previous: one.hash, carries: [next] });
  const three = handmadeBundle({ sequence: 3, previous: two.hash, signer: next, carries: [next] });

  it('is introduced by a bundle that the old one signed, with no new hand-over', async () => {
    const afterOne = (await open(one, null)).accepted;
    const afterTwo = (await open(two, afterOne)).accepted;
    expect(afterTwo.trust).toEqual([next.jwk]);
    expect((await open(three, afterTwo)).sequence).toBe(3);
  });

  it('leaves the bundle that introduced it to be opened again, and that one only', async () => {
    const afterTwo = (await open(two, (await open(one, null)).accepted)).accepted;
    expect((await open(two, afterTwo)).accepted).toEqual(afterTwo);
    const forged = handmadeBundle({ sequence: 3, previous: two.hash, signer: trustKey });
    await refusedBundle('BUNDLE_KEY_UNKNOWN', 'manifest.jws', open(forged, afterTwo));
  });

  it('is not known to a service that skipped that bundle, which is told so', async () => {
    const afterOne = (await open(one, null)).accepted;
    const error = await refusedBundle('BUNDLE_KEY_UNKNOWN', 'manifest.jws', open(three, afterOne));
    expect(error.message).toMatch(/skipped.*in between in order.*hand over trust\.json anew/);
    expect(error.message).toContain(trustKey.kid);
  });

  it('is known after trust.json was handed over anew, and the numbers go on', async () => {
    const afterOne = (await open(one, null)).accepted;
    const anew = (await open(three, afterOne, trustDocument(next))).accepted;
    expect(anew).toMatchObject({ sequence: 3, trust: [next.jwk] });
    const back = handmadeBundle({ sequence: 2, signer: next });
    await refusedBundle('BUNDLE_ROLLED_BACK', 'manifest.json', open(back, anew, trustDocument(next)));
  });

  it('once compromised signs nothing more after a new hand-over, not even what was accepted', async () => {
    const afterOne = (await open(one, null)).accepted;
    await refusedBundle('BUNDLE_KEY_UNKNOWN', 'manifest.jws', open(one, afterOne, trustDocument(next)));
  });

  it('is the same hand-over when trust.json was only written in another order', async () => {
    const a = trustDocument(trustKey, next);
    const b = trustDocument(next, trustKey);
    const accepted = (await open(handmadeBundle(), null, a)).accepted;
    expect((await open(handmadeBundle({ sequence: 9 }), accepted, b)).accepted.handover).toBe(
      accepted.handover,
    );
    expect(accepted.handover).not.toBe((await open(handmadeBundle(), null)).accepted.handover);
  });
});
