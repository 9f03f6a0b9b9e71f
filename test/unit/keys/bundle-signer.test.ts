import { compactVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { ensureSigningKey } from '../../../main/keys/ensure-signing-key.ts';
import { retireSigningKey } from '../../../main/keys/retire-signing-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { type JwksKey, toJwk } from '../../../main/keys/signing-key.ts';
import { exportedBundle, headerText, textOf } from '../../fixtures/bundles.ts';
import { run } from '../../fixtures/edited-by-hand.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { testInstallation } from '../../fixtures/installation.ts';

/** Two services, a first trust key, and a bundle of each that is signed with it. */
async function withBundles() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'other' });
  const first = ensureSigningKey(ports, actor, 'trust');
  /** Who signed the next bundle of a service, and which keys it tells verifiers to trust from then on. */
  const next = async (service = 'team-api') => {
    const { files, manifest } = await exportedBundle(installation, service);
    const jws = textOf(files, 'manifest.jws');
    const { kid } = JSON.parse(headerText(jws));
    const signer = installation.store.signingKey(kid);
    if (!signer) throw new Error(`nobody knows the key ${kid}`);
    await compactVerify(jws, await importJWK(toJwk(signer)));
    return [kid, manifest.trust.map((key: JwksKey) => key.kid)];
  };
  const rotate = (alg?: 'EdDSA' | 'RS256') => rotateSigningKey(ports, actor, { purpose: 'trust', alg });
  await next('team-api');
  await next('other');
  return { ...installation, first, next, rotate };
}

describe('a trust key that was rotated', () => {
  it('signs one more bundle of each service, which brings its successor', async () => {
    const { first, next, rotate } = await withBundles();
    const second = await rotate('EdDSA');
    const both = [second.kid, first.kid];
    expect(await next('team-api')).toEqual([first.kid, both]);
    expect(await next('team-api')).toEqual([second.kid, both]);
    expect(await next('other')).toEqual([first.kid, both]);
    expect(await next('other')).toEqual([second.kid, both]);
  });

  it('signs also when it was rotated several times in between: the first is the one that verifiers know', async () => {
    const { first, next, rotate } = await withBundles();
    const second = await rotate('EdDSA');
    const third = await rotate('RS256');
    const all = [third.kid, second.kid, first.kid];
    expect(await next()).toEqual([first.kid, all]);
    expect(await next()).toEqual([third.kid, all]);
  });

  it('signs the first bundle of a service that never had one: whoever is set up knows it too', async () => {
    const { ports, actor, first, next, rotate } = await withBundles();
    const second = await rotate();
    createService(ports, actor, { service: 'late' });
    expect(await next('late')).toEqual([first.kid, [second.kid, first.kid]]);
    expect(await next('late')).toEqual([second.kid, [second.kid, first.kid]]);
  });

  it('is retired only after it has signed a bundle of every service', async () => {
    const { ports, actor, first, next, rotate } = await withBundles();
    const second = await rotate();
    const retire = () => retireSigningKey(ports, actor, { kid: first.kid });
    expect(refusal('SIGNING_KEY_IN_USE', retire).message).toContain('Export those bundles first');
    await next('team-api');
    refusal('SIGNING_KEY_IN_USE', retire);
    await next('other');
    expect(retire()).toMatchObject({ state: 'retired', privateEncrypted: null });
    expect(await next('team-api')).toEqual([second.kid, [second.kid]]);
    expect(await next('other')).toEqual([second.kid, [second.kid]]);
  });

  it('signs no more for ever because a record of a bundle was edited by hand', async () => {
    const { first, next, rotate, ...installation } = await withBundles();
    const second = await rotate();
    run(installation, 'UPDATE bundle SET sequence = 1000');
    expect((await next())[0]).toBe(first.kid);
    expect((await next())[0]).toBe(second.kid);
  });

  it('signs the bundle that brings its successor although a record claims that there was one', async () => {
    const { first, next, rotate, ...installation } = await withBundles();
    await rotate();
    installation.store.connection.db.pragma('foreign_keys = OFF');
    run(installation, 'UPDATE bundle SET ref = ref + 1000000');
    expect((await next())[0]).toBe(first.kid);
  });
});

describe('a trust key that is compromised', () => {
  it('never signs again, also when it was rotated before', async () => {
    const { ports, actor, first, next, rotate } = await withBundles();
    const second = await rotate();
    await compromiseSigningKey(ports, actor, { kid: first.kid });
    expect(await next()).toEqual([second.kid, [second.kid]]);
    refusal('SIGNING_KEY_STATE', () => retireSigningKey(ports, actor, { kid: first.kid }));
  });

  it('has its place taken at once, and verifiers are told of its successor alone', async () => {
    const { ports, actor, store, first, next } = await withBundles();
    await compromiseSigningKey(ports, actor, { kid: first.kid });
    const { kid } = store.activeSigningKey('trust') ?? first;
    expect(kid).not.toBe(first.kid);
    expect(await next()).toEqual([kid, [kid]]);
  });

  it('leaves the one that was rotated before it to sign, for that one is known', async () => {
    const { ports, actor, store, first, next, rotate } = await withBundles();
    const second = await rotate();
    await compromiseSigningKey(ports, actor, { kid: second.kid });
    const third = store.activeSigningKey('trust');
    expect(await next()).toEqual([first.kid, [third?.kid, first.kid]]);
    expect(await next()).toEqual([third?.kid, [third?.kid, first.kid]]);
  });
});

describe('a trust key that was edited by hand', () => {
  it('signs nothing, and no other key is taken in its place', async () => {
    const { next, ...installation } = await withBundles();
    run(installation, "UPDATE signing_key SET created_by = 'mallory'");
    await expect(next()).rejects.toMatchObject({ code: 'TAMPERED' });
  });
});
