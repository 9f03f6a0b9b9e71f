import { describe, expect, it } from 'vitest';
import { type AuditPage, auditPage } from '../../../main/keys/audit-page.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import type { AuditFilter } from '../../../main/keys/ports.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { run } from '../../fixtures/edited-by-hand.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { addedOperator } from '../../fixtures/operators.ts';

async function withHistory() {
  const installation = await testInstallation();
  const { ports, actor, clock, store } = installation;
  const ann = addedOperator(installation, 'Ann', 'admin');
  const { key } = createKey(ports, actor, { service: 'team-api', name: 'Nightly', keep: () => undefined });
  const other = createKey(ports, ann, { service: 'team-api', name: 'other', keep: () => undefined }).key;
  clock.now = NOW + 100;
  editKey(ports, ann, { key: key.id, owner: 'Straße "7"' });
  clock.now = NOW + 200;
  renameKey(ports, actor, { key: key.id, name: 'Weekly' });
  const actions = (filter: AuditFilter) =>
    auditPage(store, filter, { limit: 100 }).entries.map(({ action }) => action);
  return { ...installation, key, other, ann, actions };
}

describe('a page of the audit log', () => {
  it('has the newest entries first, and says from where the next one goes on', async () => {
    const { store } = await withHistory();
    const seqs = (page: AuditPage) => page.entries.map(({ seq }) => seq);
    const { seq: head } = store.head();
    const first = auditPage(store, {}, { limit: 3 });
    expect(seqs(first)).toEqual([head, head - 1, head - 2]);
    expect(first.next).toBe(head - 2);
    const all: number[] = [];
    for (let before: number | null = head + 1; before !== null; ) {
      const page = auditPage(store, {}, { before, limit: 3 });
      all.push(...seqs(page));
      before = page.next;
    }
    expect(all).toEqual(Array.from({ length: head }, (_, nth) => head - nth));
  });

  it('narrows by action, actor, time and subject, and by all of them at once', async () => {
    const { key, actor, actions } = await withHistory();
    expect(actions({ subject: key.id })).toEqual(['key.rename', 'key.edit', 'key.create']);
    expect(actions({ actor: 'Ann' })).toEqual(['key.edit', 'key.create']);
    expect(actions({ action: 'key.create' })).toHaveLength(2);
    expect(actions({ since: NOW + 100 })).toEqual(['key.rename', 'key.edit']);
    expect(actions({ since: NOW + 100, until: NOW + 100 })).toEqual(['key.edit']);
    expect(actions({ subject: key.id, actor: actor.name, action: 'key.create', until: NOW })).toHaveLength(1);
    expect(actions({ subject: 'ak_0000000000000000' })).toEqual([]);
    expect(actions({ subject: 'team-api' })).toEqual(['service.create']);
  });

  it('finds words in the subject, before and after, and all entries of a key by its name', async () => {
    const { key, actions } = await withHistory();
    expect(actions({ text: 'straße "7"' })).toEqual(['key.edit']);
    expect(actions({ text: key.id.slice(3, 12).toUpperCase() })).toHaveLength(3);
    expect(actions({ text: 'weekly' })).toEqual(['key.rename', 'key.edit', 'key.create']);
    expect(actions({ text: 'nightly' }), 'what it was called').toEqual(['key.rename', 'key.create']);
    expect(actions({ text: '%' })).toEqual([]);
  });

  it('has the entries of a key that was removed, and of one that somebody took away', async () => {
    const { ports, actor, key, other, actions, ...installation } = await withHistory();
    removeKey(ports, actor, { key: key.id });
    expect(actions({ subject: key.id })).toHaveLength(4);
    run(installation as never, 'PRAGMA foreign_keys = OFF');
    run(installation as never, 'DELETE FROM key WHERE id = ?', other.id);
    expect(actions({ subject: other.id })).toEqual(['key.create']);
  });

  it('looks at so many entries and no more, and goes on from there', async () => {
    const { store } = await withHistory();
    const asked: number[] = [];
    const long = {
      ...store,
      head: () => ({ seq: 45_000, mac: Buffer.alloc(32) }),
      audit: (query: Parameters<typeof store.audit>[0]) => {
        asked.push((query.before ?? 0) - (query.after ?? 0));
        return [];
      },
    };
    const next = (before?: number) =>
      auditPage(long, { actor: 'nobody' }, { before, limit: 100 }).next ?? undefined;
    expect(next()).toBe(25_001);
    expect(next(25_001)).toBe(5001);
    expect(next(5001)).toBeUndefined();
    expect(Math.max(...asked)).toBe(20_001);
  });
});
