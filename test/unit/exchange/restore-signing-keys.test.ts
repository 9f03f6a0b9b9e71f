import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { retireSigningKey } from '../../../main/keys/retire-signing-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { openBundle } from '../../../main/verify/index.ts';
import { handOver } from '../../fixtures/exported.ts';
import { NOW, type TestInstallation } from '../../fixtures/installation.ts';
import { backedUp, otherMachine, restored, restoredOver } from '../../fixtures/restored.ts';

import {
  CLOUD,
  cloudKey,
  exported,
  TEAM,
  teamKey,
  verifier,
  withTrust,
} from '../../fixtures/trusting-verifiers.ts';

test('a bundle by a trust key that the backup does not know is refused, unless the replaced database does', async () => {
  const { installation, trust } = await withTrust();
  const { ports, actor } = installation;
  const leaked = teamKey(installation, 'leaked');
  const team = verifier(trust);
  await team.take(await exported(installation, TEAM));
  const file = await backedUp(installation);
  await rotateSigningKey(ports, actor, { purpose: 'trust' });
  await team.take(await exported(installation, TEAM));
  revokeKey(ports, actor, { key: leaked.key.id });
  const latest = await exported(installation, TEAM);
  await team.take(latest);
  await expect(
    restored(otherMachine(installation.installationPorts), file, { bundles: [latest.out] }),
  ).rejects.toMatchObject({ code: 'BUNDLE_KEY_UNKNOWN' });

  const done = await restoredOver(installation, file, { bundles: [latest.out] });
  expect(done.applied.goOn.find(({ slug }) => slug === TEAM)).toMatchObject({ handOver: false });
  const next = await team.take(await exported(done.session, TEAM));
  expect(next.sequence).toBe(4);
  expect(next.verify(leaked.token, { at: NOW }).reason).toBe('revoked');
});

test('a trust key that was compromised after the backup stays so, and needs a new hand-over', async () => {
  const { installation } = await withTrust();
  const { ports, actor, store } = installation;
  teamKey(installation, 'ci');
  await exported(installation, TEAM);
  const file = await backedUp(installation);
  const kid = store.activeSigningKey('trust')?.kid ?? '';
  await compromiseSigningKey(ports, actor, { kid });
  await exported(installation, TEAM);

  const done = await restoredOver(installation, file);
  expect(done.session.store.signingKey(kid)).toMatchObject({ state: 'compromised', privateEncrypted: null });
  expect(done.session.store.activeSigningKey('trust')?.kid).not.toBe(kid);
  expect(done.applied.goOn.find(({ slug }) => slug === TEAM)).toMatchObject({ handOver: true });
  const { out } = await exported(done.session, TEAM);
  const fresh = readFileSync(handOver(done.session as TestInstallation), 'utf8');
  expect((await openBundle(out, { trust: fresh, at: NOW })).sequence).toBe(3);
  expect((await verifyAudit(done.session)).findings).toEqual([]);
});

test('a token key that was compromised after the backup stays so, by the database and by a bundle', async () => {
  const { installation } = await withTrust();
  const { ports, actor, store } = installation;
  const { key } = cloudKey(installation, 'ci');
  const file = await backedUp(installation);
  const kid = store.activeSigningKey('token')?.kid ?? '';
  await compromiseSigningKey(ports, actor, { kid });
  const latest = await exported(installation, CLOUD);

  const elsewhere = await restored(otherMachine(installation.installationPorts), file, {
    bundles: [latest.out],
  });
  const here = await restoredOver(installation, file);
  for (const { session, applied } of [elsewhere, here]) {
    expect(applied.signingKeys).toEqual([{ kid, state: 'compromised' }]);
    expect(session.store.signingKey(kid)?.state).toBe('compromised');
    expect(session.store.activeSigningKey('token')?.kid).not.toBe(kid);
    expect(session.store.key(key.id)?.status).toBe('active');
    expect((await verifyAudit(session)).findings).toEqual([]);
  }
});

test('a token key that a bundle publishes no more, and on which nothing depends, is retired', async () => {
  const { installation } = await withTrust();
  const { ports, actor, store } = installation;
  const { key } = cloudKey(installation, 'ci');
  const file = await backedUp(installation);
  const kid = store.activeSigningKey('token')?.kid ?? '';
  revokeKey(ports, actor, { key: key.id });
  await rotateSigningKey(ports, actor, { purpose: 'token' });
  retireSigningKey(ports, actor, { kid });
  const latest = await exported(installation, CLOUD);

  const { session, applied } = await restored(otherMachine(installation.installationPorts), file, {
    bundles: [latest.out],
  });
  expect(applied.signingKeys).toEqual([{ kid, state: 'retired' }]);
  expect(session.store.signingKey(kid)).toMatchObject({ state: 'retired', privateEncrypted: null });
  expect(session.store.activeSigningKey('token')?.kid).not.toBe(kid);
  expect((await verifyAudit(session)).findings).toEqual([]);
});
