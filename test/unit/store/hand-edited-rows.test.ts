import { describe, expect, it } from 'vitest';
import { bulkChange } from '../../../main/keys/bulk-change.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { resolveCriteria } from '../../../main/keys/key-criteria.ts';
import { parseSort } from '../../../main/keys/key-query.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { withinTransaction } from '../../fixtures/within-transaction.ts';

const names = ['a', 'b', 'c'] as const;

async function withKeys() {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  createService(ports, actor, { service: 'support', template: 'public-private-keys' });
  const [a, b, c] = names.map(name => createKey(ports, actor, { service: 'support', name }).key);
  if (!a || !b || !c) throw new Error('three keys were made');
  const edit = (sql: string, ...values: (string | number)[]) =>
    store.connection.db.prepare(sql).run(...values);
  return { ...installation, a, b, c, edit };
}

const list = ({ store }: TestInstallation) => store.keys({ sort: parseSort('name'), limit: 100 }, NOW).keys;

describe('a key that was edited by hand', () => {
  it.each([
    ['permissions', '[{"toString":1}]'],
    ['permissions', '{"length":3}'],
    ['allowed_ips', '[{"toString":1}, null, 7]'],
    ['roles', '[null, {"role":1}, {"role":"x","accounts":{}}]'],
  ])('with nonsense in %s is listed, verified, revoked and removed', async (column, value) => {
    const installation = await withKeys();
    const { a, b, c, edit, ports, actor, store } = installation;
    edit(`UPDATE key SET ${column} = ? WHERE ref IN (?, ?)`, value, a.ref, b.ref);
    expect(list(installation).map(({ name, tampered }) => [name, tampered])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
    expect(verifyStore(store.connection).findings.map(({ subject }) => subject)).toContain(`key ${a.id}`);
    expect(revokeKey(ports, actor, { key: a.id }).status).toBe('revoked');
    removeKey(ports, actor, { key: b.id });
    expect(bulkChange(ports, actor, { action: 'remove', keys: [a.id, c.id] }).changed).toBe(2);
  });

  it('with another key’s name can still be revoked, and the log says that it was tampered with', async () => {
    const { a, c, edit, ports, actor, store } = await withKeys();
    edit("UPDATE key SET name = 'b' WHERE ref = ?", a.ref);
    expect(bulkChange(ports, actor, { action: 'revoke', keys: [a.id, c.id] }).changed).toBe(2);
    const [entry] = store.audit({ subject: a.id, limit: 1 });
    expect(entry).toMatchObject({ action: 'key.revoke', before: { tampered: true } });
  });
});

describe('a catalog entry that was edited by hand', () => {
  it('does not make a public key’s permissions safe', async () => {
    const { ports, actor, store, edit } = await withKeys();
    createKey(ports, actor, {
      service: 'support',
      name: 'web',
      kind: 'public',
      permissions: ['sessions:create'],
    });
    const exposed = () => store.countKeys(resolveCriteria(store, { exposed: true }, NOW), NOW);
    expect(exposed()).toBe(0);
    edit("UPDATE catalog SET title = 'x' WHERE id = 'sessions:create'");
    expect(exposed()).toBe(1);
  });
});

describe('statements', () => {
  it('are not kept without limit, whatever filters are asked', async () => {
    const { store } = await withKeys();
    for (let words = 1; words <= 30; words += 1) {
      for (let kinds = 0; kinds < 12; kinds += 1) {
        const text = Array.from({ length: words }, (_, index) => `nothing${index}`).join(' ');
        const filter = { text, ...(kinds % 2 && { hasIps: true }), ...(kinds > 6 && { unsaved: true }) };
        expect(store.countKeys(filter, NOW)).toBe(0);
      }
    }
    const asked = store.connection.prepare('SELECT 1');
    for (let nth = 0; nth < 400; nth += 1) store.connection.prepare(`SELECT ${nth} + 1`);
    expect(store.connection.prepare('SELECT 1')).not.toBe(asked);
  });
});

describe('many services', () => {
  it('can all be asked at once for what is overdue or exposed', async () => {
    const { ports, actor, store } = await testInstallation();
    store.change(
      actor,
      () => NOW,
      tx => {
        const inside = { ...ports, store: withinTransaction(store, tx) };
        for (let nth = 0; nth < 1100; nth += 1)
          createService(inside, actor, { service: `s${nth}`, template: 'public-private-keys' });
      },
    );
    for (const criteria of [{ overdue: true }, { exposed: true }, { permissions: ['sessions:create'] }])
      expect(store.countKeys(resolveCriteria(store, criteria, NOW), NOW)).toBe(0);
  });
});
