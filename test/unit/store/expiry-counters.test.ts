import { expect, it } from 'vitest';
import { up } from '../../../main/store/migrations/0003-expiry-counters.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import { populate } from '../../fixtures/key-crowd.ts';

it('counts by day of expiry what an older version stored, as each change does', async () => {
  const installation = await testInstallation();
  populate(installation);
  const { db } = installation.store.connection;
  const counters = () =>
    db
      .prepare("SELECT * FROM counter WHERE field = 'expires' AND keys <> 0 ORDER BY service_ref, value")
      .all();
  const kept = counters();
  expect(kept.length).toBeGreaterThan(20);
  db.exec("DELETE FROM counter WHERE field = 'expires'");
  up(db);
  expect(counters()).toEqual(kept);
});
