import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { assignStatusIndex } from '../../../main/keys/assign-status-index.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import type { StatusList } from '../../../main/keys/status-list.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

it('gives every place once, whatever becomes of the key, and goes on in the next list', async () => {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  const service = createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  // A first list of eight places, so that it is soon full.
  store.change(
    actor,
    () => NOW,
    tx => assignStatusIndex(tx, service, NOW, randomBytes, 8),
  );
  const roles = [{ role: 'global-viewer', accounts: null }];
  for (let nth = 0; nth < 12; nth += 1) {
    const { key } = createKey(ports, actor, { service: 'sc', name: `key ${nth}`, roles });
    if (nth % 2 === 0) removeKey(ports, actor, { key: key.id });
  }
  const rows = store.connection
    .prepare('SELECT status_list_ref AS list, status_index AS place FROM credential WHERE format = ?')
    .all('jwt');
  expect(new Set(rows.map(({ list, place }) => `${list}/${place}`)).size).toBe(12);
  const lists = store.statusLists(service.ref);
  expect(lists.map(({ number, state }: StatusList) => [number, state])).toEqual([
    [1, 'full'],
    [2, 'open'],
  ]);
  expect(rows.filter(({ list }) => list === lists[0]?.ref).length).toBe(8);
  expect(verifyStore(store.connection).findings).toEqual([]);
});
