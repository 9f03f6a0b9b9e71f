import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBackup } from '../../../main/exchange/create-backup.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { lastBackup } from '../../../main/keys/last-backup.ts';
import { NOW, testInstallation, WORKER } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const DAY = 86_400;

test('a backup is due once there is a key to lose, and again after thirty days or as many as are set', async () => {
  const installation = await testInstallation();
  const { store, ports, actor, clock } = installation;
  const back = async () =>
    createBackup(installation, WORKER, {
      out: join(temporaryFolder(), 'keysmith.age'),
      replace: false,
      passphrase: async () => 'five tall birches by a lake',
      scryptLogN: 10,
    });
  expect(lastBackup(store, NOW)).toEqual({ at: null, due: false });
  createKey(ports, actor, { service: 'team-api', name: 'ci' });
  expect(lastBackup(store, NOW)).toEqual({ at: null, due: true });
  await back();
  expect(lastBackup(store, NOW)).toEqual({ at: NOW, due: false });
  expect(lastBackup(store, NOW + 30 * DAY - 1).due).toBe(false);
  expect(lastBackup(store, NOW + 30 * DAY).due).toBe(true);
  expect(lastBackup(store, NOW + 7 * DAY, 7).due).toBe(true);
  expect(lastBackup(store, NOW + 400 * DAY, 0).due).toBe(false);
  clock.now += 40 * DAY;
  await back();
  expect(lastBackup(store, clock.now)).toEqual({ at: NOW + 40 * DAY, due: false });
});

test('the last backup is found without a walk through the log', async () => {
  const { store } = await testInstallation();
  const plan = store.connection.db
    .prepare(
      'EXPLAIN QUERY PLAN SELECT seq FROM audit WHERE action = ? AND subject_ref = ? ORDER BY seq DESC LIMIT 1',
    )
    .all('installation.backup', 1) as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('audit_by_subject');
});
