import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { addService } from '../../../main/keys/create-service.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { walkKeys } from '../../../main/keys/walk-pages.ts';
import { run } from '../../fixtures/edited-by-hand.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

/** Keys of two services, one of them with two credentials, another one edited by hand, and one removed. */
async function installation() {
  const made = await testInstallation();
  const { ports, actor, store } = made;
  store.change(actor, ports.clock, (tx, now) =>
    addService(tx, actor, now, { service: 'other', template: 'blank' }),
  );
  const keys = ['e', 'a', 'd', 'b', 'c'].map(
    (name, nth) => createKey(ports, actor, { service: nth === 3 ? 'other' : 'team-api', name }).key,
  );
  rotateKey(ports, actor, { key: 'team-api/a', grace: '7d' });
  removeKey(ports, actor, { key: createKey(ports, actor, { service: 'team-api', name: 'gone' }).key.id });
  run(made, "UPDATE key SET owner = 'Mallory' WHERE ref = ?", keys[2]?.ref ?? null);
  run(made, 'UPDATE credential SET issued_at = 1 WHERE key_ref = ?', keys[4]?.ref ?? null);
  return { ...made, keys };
}

describe('what is read together', () => {
  it('is what is read alone: keys, in whatever order', async () => {
    const { store, keys } = await installation();
    for (const descending of [false, true]) {
      const walked = [...walkKeys(store, {}, { field: 'name', descending }, NOW)].flat();
      expect(walked.map(({ name }) => name).join('')).toBe(descending ? 'edcba' : 'abcde');
      expect(walked).toEqual(walked.map(({ ref }) => store.keyByRef(ref)));
    }
    expect(store.keyByRef(keys[2]?.ref as never)).toMatchObject({ tampered: true, owner: 'Mallory' });
    expect(store.keysOf(keys[0]?.serviceRef as never, null, 10)).toHaveLength(4);
  });

  it('is what is read alone: the credentials of keys, each of them', async () => {
    const { store, keys } = await installation();
    const refs = [...keys, ...store.tombstones(null, 10)].map(({ ref }) => ref).reverse();
    const together = store.credentialsOf(refs);
    expect(refs.map(ref => together.get(ref))).toEqual(refs.map(ref => store.credentials(ref)));
    expect(refs.map(ref => together.get(ref)?.length).sort()).toEqual([1, 1, 1, 1, 1, 2]);
    expect(together.get(keys[4]?.ref as never)).toMatchObject([{ tampered: true, issuedAt: 1 }]);
    expect(store.credentialsOf([])).toEqual(new Map());
  });

  it('ends where a span ends', async () => {
    const { store } = await installation();
    const span = (offset: number, limit: number) =>
      [...walkKeys(store, {}, { field: 'name', descending: false }, NOW, { offset, limit })]
        .flat()
        .map(({ name }) => name)
        .join('');
    expect([span(0, 2), span(2, 2), span(4, 5), span(5, 1), span(0, 0)]).toEqual(['ab', 'cd', 'e', '', '']);
  });
});
