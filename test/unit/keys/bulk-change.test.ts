import { describe, expect, it } from 'vitest';
import { MAX_BULK } from '../../../main/keys/bulk-actions.ts';
import { type BulkRequest, bulkChange } from '../../../main/keys/bulk-change.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const DAY = 86_400;

/** Five keys that expire in ten days, named a to e. */
async function withKeys() {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  const issued = ['a', 'b', 'c', 'd', 'e'].map(name =>
    createKey(ports, actor, { service: 'team-api', name, expires: '10d' }),
  );
  const keys = issued.map(({ key }) => key.id);
  const [first, , third] = issued.map(({ key }) => key);
  if (!first || !third) throw new Error('no keys');
  const change = (request: Omit<BulkRequest, 'keys'> & Partial<BulkRequest>) =>
    bulkChange(ports, actor, { keys, ...request }).asked;
  const statuses = () => keys.map(id => store.key(id)?.status);
  return { ...installation, issued, keys, first, third, change, statuses };
}

/** Runs what must be refused as a whole, and gives what is said of each key. */
function refusalsOf(work: () => unknown) {
  const { refusals, field, message } = refusal('BULK_REFUSED', work);
  expect(field).toBe('keys');
  return { message, refusals: refusals?.map(({ subject, name, code }) => [subject, name, code]) };
}

describe('changing several keys', () => {
  it('tells how many were so already, and how many tokens say something else now', async () => {
    const { ports, actor, keys } = await withKeys();
    createService(ports, actor, { service: 'sc', template: 'role-tokens' });
    const roles = [{ role: 'global-viewer', accounts: null }];
    const { key } = createKey(ports, actor, { service: 'sc', name: 'signed', roles });
    const all = [...keys, key.id];
    bulkChange(ports, actor, { action: 'disable', keys: keys.slice(0, 2) });
    expect(bulkChange(ports, actor, { action: 'disable', keys: all })).toEqual({
      asked: 6,
      changed: 4,
      stale: 0,
    });
    expect(bulkChange(ports, actor, { action: 'extend', keys: all, expires: 'P1Y' })).toEqual({
      asked: 6,
      changed: 6,
      stale: 1,
    });
  });

  it.each([
    ['disable', 'key.disable', 'disabled'],
    ['revoke', 'key.revoke', 'revoked'],
    ['remove', 'key.remove', undefined],
  ] as const)('can %s them, with one entry a key', async (action, entry, status) => {
    const { store, keys, change, statuses } = await withKeys();
    const before = store.head().seq;
    expect(change({ action, reason: 'audit' })).toBe(5);
    expect(statuses()).toEqual(Array(5).fill(status));
    const entries = store.audit({ limit: 5 });
    expect(store.head().seq).toBe(before + 5);
    expect(entries.map(each => [each.action, each.subject.id])).toEqual(
      keys.map(id => [entry, id]).reverse(),
    );
    if (action !== 'disable')
      expect(entries[0]?.after).toMatchObject({
        [action === 'remove' ? 'reason' : 'revoke_reason']: 'audit',
      });
    expect(verifyStore(store.connection).findings).toEqual([]);
  });

  it('can enable them, the expired ones with a new expiry', async () => {
    const { store, clock, keys, change, statuses } = await withKeys();
    change({ action: 'disable', keys: keys.slice(1) });
    const before = store.head().seq;
    expect(change({ action: 'enable' })).toBe(5);
    expect(statuses()).toEqual(Array(5).fill('active'));
    expect(store.head().seq, 'the one that worked is not written').toBe(before + 4);
    clock.now = NOW + 10 * DAY;
    expect(refusalsOf(() => change({ action: 'enable' })).refusals?.[0]).toEqual([
      keys[0],
      'a',
      'KEY_EXPIRED',
    ]);
    change({ action: 'enable', expires: '1d' });
    expect(keys.map(id => store.key(id)?.expiresAt)).toEqual(Array(5).fill(NOW + 11 * DAY));
  });

  it('can extend them, and refuses an expiry that is earlier than one they have', async () => {
    const { ports, actor, store, keys, third, change } = await withKeys();
    const long = createKey(ports, actor, { service: 'team-api', name: 'long', expires: '20d' }).key;
    const never = createKey(ports, actor, { service: 'team-api', name: 'never' }).key;
    const before = store.head();
    const { refusals } = refusalsOf(() =>
      change({ action: 'extend', keys: [...keys, long.id, never.id], expires: '15d' }),
    );
    expect(refusals).toEqual([
      [long.id, 'long', 'EXPIRY_NOT_LATER'],
      [never.id, 'never', 'EXPIRY_NOT_LATER'],
    ]);
    expect(store.head()).toEqual(before);
    expect(change({ action: 'extend', keys: [...keys, long.id], expires: '20d' })).toBe(6);
    expect(store.key(third.id)?.expiresAt).toBe(NOW + 20 * DAY);
    expect(store.head().seq, 'the one that expires then already is not written').toBe(before.seq + 5);
    expect(verifyStore(store.connection).findings).toEqual([]);
  });

  it('changes all of them or none, and says of each why not', async () => {
    const { ports, actor, store, keys, first, third, change, statuses } = await withKeys();
    revokeKey(ports, actor, { key: first.id });
    removeKey(ports, actor, { key: third.id });
    const before = { head: store.head(), statuses: statuses() };
    const { message, refusals } = refusalsOf(() => change({ action: 'disable' }));
    expect(refusals).toEqual([
      [first.id, 'a', 'KEY_REVOKED'],
      [third.id, null, 'KEY_NOT_FOUND'],
    ]);
    expect(message).toBe(
      `2 of 5 keys cannot be changed, so none was: ${first.id} "a" (KEY_REVOKED), ${third.id} (KEY_NOT_FOUND).`,
    );
    expect({ head: store.head(), statuses: statuses() }).toEqual(before);
    expect(change({ action: 'disable', keys: keys.filter(id => id !== first.id && id !== third.id) })).toBe(
      3,
    );
  });

  it('refuses what was changed by hand, and names all it refuses', async () => {
    const { store, keys, change } = await withKeys();
    store.connection.db.exec("UPDATE key SET owner = 'x'");
    const { message, refusals } = refusalsOf(() => change({ action: 'disable' }));
    expect(refusals?.map(([id, , code]) => [id, code])).toEqual(keys.map(id => [id, 'TAMPERED']));
    expect(message, 'the sentence names three').toMatch(
      /^5 of 5 keys .* none was: (ak_\w+ "." \(TAMPERED\)(, )?){3} …\.$/,
    );
    expect(change({ action: 'revoke' }), 'they can still be revoked').toBe(5);
  });

  it('counts a key that is named twice once', async () => {
    const { store, keys, change } = await withKeys();
    const before = store.head().seq;
    expect(change({ action: 'revoke', keys: [...keys, ...keys] })).toBe(5);
    expect(store.head().seq).toBe(before + 5);
  });

  it('is refused for no key and for more than ten thousand', async () => {
    const { store, change } = await withKeys();
    const before = store.head();
    const many = Array.from({ length: MAX_BULK + 1 }, (_, index) => `ak_${String(index).padStart(16, '0')}`);
    for (const keys of [[], many])
      expect(refusal('QUERY_INVALID', () => change({ action: 'disable', keys })).message).toContain(
        `${keys.length} keys were named. Allowed are 1 to 10000`,
      );
    const { refusals } = refusalsOf(() => change({ action: 'disable', keys: many.slice(1) }));
    expect(refusals).toHaveLength(MAX_BULK);
    expect(store.head()).toEqual(before);
  });

  it('needs an expiry to extend, and a clock that is not behind to extend or enable', async () => {
    const { store, clock, change } = await withKeys();
    const before = store.head();
    expect(refusal('EXPIRY_REQUIRED', () => change({ action: 'extend' })).field).toBe('expires');
    clock.now = NOW - 1;
    refusal('CLOCK_BEHIND', () => change({ action: 'extend', expires: '30d' }));
    refusal('CLOCK_BEHIND', () => change({ action: 'enable' }));
    expect(store.head()).toEqual(before);
    expect(change({ action: 'disable' })).toBe(5);
  });

  it('never repeats a token that was pasted among the keys', async () => {
    const { issued, keys, change } = await withKeys();
    const secret = issued[0]?.token ?? '';
    const pasted = [
      secret,
      `${secret}/x`,
      `https://x.example/?key=${secret}`,
      `team-api/${secret}`,
      `${secret.slice(0, 30)}/${secret.slice(30)}`,
    ];
    const { refusals, message } = refusal('BULK_REFUSED', () =>
      change({ action: 'disable', keys: [...keys, ...pasted] }),
    );
    expect(new Set(refusals?.map(({ subject, name }) => `${subject} ${name}`))).toEqual(
      new Set(['not a key ID null']),
    );
    expect(refusals).toHaveLength(pasted.length);
    const said = message + JSON.stringify(refusals);
    for (let at = secret.length - 49; at < secret.length - 8; at++)
      expect(said).not.toContain(secret.slice(at, at + 8));
  });
});
