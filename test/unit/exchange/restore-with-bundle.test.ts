import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { requireService } from '../../../main/keys/look-up.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import type { Session } from '../../../main/trust/session.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { NOW } from '../../fixtures/installation.ts';
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

const DAY = 86_400;

test('on a new machine, the newest bundle keeps revocations, and the next one follows it', async () => {
  const { installation, trust } = await withTrust();
  const { ports, actor } = installation;
  const leaked = teamKey(installation, 'leaked');
  const good = teamKey(installation, 'good');
  const team = verifier(trust);
  await team.take(await exported(installation, TEAM));
  const file = await backedUp(installation);
  revokeKey(ports, actor, { key: leaked.key.id });
  const newer = teamKey(installation, 'newer');
  const latest = await exported(installation, TEAM);
  await team.take(latest);

  const done = await restored(otherMachine(installation.installationPorts), file, { bundles: [latest.out] });
  expect(done.later.plan).toMatchObject({
    keys: [{ name: 'leaked', end: { reason: 'revoked' } }],
    unknown: [newer.key.id],
  });
  const next = await exported(done.session, TEAM);
  expect(next.manifest).toMatchObject({
    sequence: 3,
    previous: latest.bundle.manifestSha256.toString('hex'),
  });
  const bundle = await team.take(next);
  expect(bundle.verify(good.token, { at: NOW }).valid).toBe(true);
  expect(bundle.verify(leaked.token, { at: NOW }).reason).toBe('revoked');
  expect(bundle.verify(newer.token, { at: NOW }).reason).toBe('unknown');
  await team.take(await exported(done.session, TEAM));
  expect((await verifyAudit(done.session)).findings).toEqual([]);
});

test('with the replaced database at hand, numbers go on as if nothing had happened', async () => {
  const { installation, trust } = await withTrust();
  const token = cloudKey(installation, 'ci');
  const cloud = verifier(trust);
  await cloud.take(await exported(installation, CLOUD));
  const file = await backedUp(installation);
  await cloud.take(await exported(installation, CLOUD));
  await cloud.take(await exported(installation, CLOUD));

  const { session, applied } = await restoredOver(installation, file);
  expect(applied.goOn.map(({ slug, jumped, list }) => [slug, jumped, list])).toEqual([
    [CLOUD, false, 2],
    [TEAM, false, null],
  ]);
  const next = await exported(session, CLOUD);
  expect(next.bundle.sequence).toBe(4);
  const bundle = await cloud.take(next);
  expect(bundle.verify(token.token, { at: NOW }).valid).toBe(true);
});

test('with neither at hand, numbers jump, and verifiers that are further take the next bundle', async () => {
  const { installation, trust } = await withTrust();
  cloudKey(installation, 'ci');
  const cloud = verifier(trust);
  await cloud.take(await exported(installation, CLOUD));
  const file = await backedUp(installation);
  for (let nth = 0; nth < 3; nth += 1) await cloud.take(await exported(installation, CLOUD));

  const { session, applied } = await restored(otherMachine(installation.installationPorts), file);
  expect(applied.goOn).toMatchObject([
    { slug: CLOUD, jumped: true, list: 1001 },
    { slug: TEAM, jumped: true, list: null },
  ]);
  const next = await exported(session, CLOUD);
  expect(next.manifest).toMatchObject({ sequence: 1_000_001, previous: null });
  await cloud.take(next);
  const after = await exported(session, CLOUD);
  expect(after.manifest.previous).toBe(next.bundle.manifestSha256.toString('hex'));
  await cloud.take(after);
});

test('places in status lists are never given twice', async () => {
  const { installation } = await withTrust();
  cloudKey(installation, 'before');
  const file = await backedUp(installation);
  cloudKey(installation, 'lost');
  const machine = otherMachine(installation.installationPorts);
  const { session } = await restored(machine, file);
  const service = requireService(session.store, CLOUD);
  expect(session.store.statusLists(service.ref)).toMatchObject([
    { number: 1, state: 'closed', unassignedInvalid: true },
    { number: 1001, state: 'open', unassignedInvalid: false },
  ]);
  const { key } = cloudKey(session, 'after');
  const [credential] = session.store.credentials(key.ref);
  const [, open] = session.store.statusLists(service.ref);
  expect(credential?.statusListRef).toBe(open?.ref);
  // A second restore of the same backup over that one goes on from there.
  await session.close();
  const again = await restored(machine, file);
  expect(again.session.store.statusLists(service.ref).map(({ number }) => number)).toEqual([1, 1002]);
});

test('a bundle that the backup knows tells it nothing, and needs no jump', async () => {
  const { installation } = await withTrust();
  const { key } = teamKey(installation, 'ci');
  const old = await exported(installation, TEAM);
  const file = await backedUp(installation);
  const done = await restored(otherMachine(installation.installationPorts), file, { bundles: [old.out] });
  expect(done.later.plan).toMatchObject({ keys: [], unknown: [] });
  expect(done.session.store.key(key.id)).toMatchObject({ status: 'active' });
  expect((await exported(done.session, TEAM)).manifest).toMatchObject({
    sequence: 2,
    previous: old.bundle.manifestSha256.toString('hex'),
  });
});

test('a bundle older than the newest that the backup knows does not stop the jump', async () => {
  const { installation } = await withTrust();
  teamKey(installation, 'ci');
  const old = await exported(installation, TEAM);
  await exported(installation, TEAM);
  const file = await backedUp(installation);
  const done = await restored(otherMachine(installation.installationPorts), file, { bundles: [old.out] });
  expect(done.applied.goOn.find(({ slug }) => slug === TEAM)).toMatchObject({ jumped: true });
});

test('a bundle that was changed, or is of another installation, is refused', async () => {
  const { installation } = await withTrust();
  teamKey(installation, 'ci');
  const file = await backedUp(installation);
  const ports = otherMachine(installation.installationPorts);
  const latest = await exported(installation, TEAM);
  const other = await withTrust();
  const foreign = await exported(other.installation, TEAM);
  const refusedWith = (out: string, code: string) =>
    expect(restored(ports, file, { bundles: [out] })).rejects.toMatchObject({ code });
  await refusedWith(foreign.out, 'BUNDLE_OTHER_ISSUER');
  writeFileSync(join(latest.out, 'revoked.ndjson'), '');
  writeFileSync(join(latest.out, 'keys.ndjson'), '');
  await refusedWith(latest.out, 'BUNDLE_FILE_CHANGED');
});

test('a bundle whose time is over still says what it refuses', async () => {
  const { installation } = await withTrust();
  const leaked = teamKey(installation, 'leaked');
  const file = await backedUp(installation);
  revokeKey(installation.ports, installation.actor, { key: leaked.key.id });
  const latest = await exported(installation, TEAM);
  installation.clock.now += 100 * DAY;
  const done = await restored(otherMachine(installation.installationPorts), file, { bundles: [latest.out] });
  expect(done.later.plan.keys).toMatchObject([{ name: 'leaked' }]);
});

test('a restored backup can be restored over, and numbers never go back', async () => {
  const { installation, trust } = await withTrust();
  teamKey(installation, 'ci');
  const team = verifier(trust);
  const file = await backedUp(installation);
  await team.take(await exported(installation, TEAM));
  let session: Session = installation;
  for (const sequence of [2, 3]) {
    await session.close();
    ({ session } = await restored(installation.installationPorts, file));
    const next = await exported(session, TEAM);
    expect(next.bundle.sequence).toBe(sequence);
    await team.take(next);
  }
});

test('a bundle of a service that the backup does not know is no reason to refuse', async () => {
  const { installation } = await withTrust();
  const file = await backedUp(installation);
  createService(installation.ports, installation.actor, { service: 'newer' });
  const { key } = createKey(installation.ports, installation.actor, { service: 'newer', name: 'ci' });
  const latest = await exported(installation, 'newer');
  const { later } = await restored(otherMachine(installation.installationPorts), file, {
    bundles: [latest.out],
  });
  expect(later.plan.unknown).toEqual([key.id]);
  expect(later.remarks).toEqual([expect.stringContaining('The service newer was made after the backup')]);
});
