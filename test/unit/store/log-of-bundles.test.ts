import { expect, it } from 'vitest';
import { up } from '../../../main/store/migrations/0005-log-of-bundles.ts';
import { testInstallation } from '../../fixtures/installation.ts';

it('finds the entries of bundles without reading the log', async () => {
  const { store } = await testInstallation();
  const { db } = store.connection;
  db.exec('DROP INDEX audit_of_bundles');
  up(db);
  const asked: string[] = [];
  const { prepare } = db;
  // What the store really asks: a query that says it in other words would read everything.
  db.prepare = function (this: typeof db, sql: string) {
    asked.push(sql);
    return prepare.call(this, sql);
  } as typeof prepare;
  store.audit({ action: 'bundle.export', after: 0, limit: 10 });
  const [sql = ''] = asked.filter(each => each.includes('bundle.export'));
  const plan = prepare.call(db, `EXPLAIN QUERY PLAN ${sql}`).all([0, 10]) as { detail: string }[];
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('audit_of_bundles')]);
});
