import { describe, expect, it } from 'vitest';
import { toEntryView } from '../../../main/desktop/audit-entry-view.ts';
import { populated, run } from '../../fixtures/edited-by-hand.ts';

describe('an entry as the window sees it', () => {
  it('says what its subject is called now, or was, and whether it can be gone to', async () => {
    const installation = await populated();
    const { store, live, removed } = installation;
    const subjectsOf = (subject: string) => [
      ...new Set(
        store.audit({ subject, limit: 10 }).map(entry => JSON.stringify(toEntryView(store, entry).subject)),
      ),
    ];
    const subject = (kind: string, id: string, name: string | null, listed: boolean) => [
      JSON.stringify({ kind, id, name, listed }),
    ];
    expect(subjectsOf(live.key.id)).toEqual(subject('key', live.key.id, 'live', true));
    expect(subjectsOf(removed.key.id)).toEqual(subject('key', removed.key.id, 'removed', false));
    expect(subjectsOf('team-api')).toEqual(subject('service', 'team-api', null, false));
    const { id, name } = store.installation();
    expect(subjectsOf(id)).toEqual(subject('installation', id, name, false));
    run(installation, 'PRAGMA foreign_keys = OFF');
    run(installation, 'DELETE FROM key WHERE id = ?', live.key.id);
    expect(subjectsOf(live.key.id)).toEqual(subject('key', live.key.id, null, false));
  });

  it('has these members and no others', async () => {
    const { store } = await populated();
    const [entry] = store.audit({ limit: 1 });
    if (!entry) throw new Error('there is no entry');
    const view = toEntryView(store, entry);
    expect(Object.keys(view)).toEqual(['seq', 'at', 'actor', 'action', 'before', 'after', 'subject']);
    expect(Object.keys(view.subject)).toEqual(['kind', 'id', 'name', 'listed']);
  });
});
