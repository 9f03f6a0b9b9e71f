import { describe, expect, it, onTestFinished } from 'vitest';
import { createCounts } from '../../../main/desktop/counts.ts';
import type { DesktopContext } from '../../../main/desktop/desktop-context.ts';
import { listVerbs } from '../../../main/desktop/list-verbs.ts';
import { MAX_BULK } from '../../../main/keys/bulk-actions.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { importCatalog } from '../../../main/keys/import-catalog.ts';
import { KINDS } from '../../../main/keys/key.ts';
import type { Store } from '../../../main/keys/ports.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../preload/contract.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { COUNTS_WORKER, NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { CROWD_NOW, populate } from '../../fixtures/key-crowd.ts';

const DAY = 86_400;

/** The verbs over a store, a clock that is the installation's, and the thread that counts. */
function verbsOver(
  { readAccess }: TestInstallation,
  clock: { readonly now: number },
  store: Store,
  preferred: Partial<Preferences> = {},
) {
  const counts = createCounts(COUNTS_WORKER);
  onTestFinished(counts.stop);
  const context: Pick<DesktopContext, 'clock' | 'counts'> & { sessions: unknown; settings: unknown } = {
    settings: { preferences: () => ({ ...DEFAULT_PREFERENCES, ...preferred }) },
    clock: () => clock.now,
    sessions: { require: () => ({ store, readAccess }) },
    counts,
  };
  return listVerbs(context as DesktopContext);
}

const SORT = { field: 'name', descending: false } as const;

describe('the list of the window', () => {
  it('has the page that is asked for, and as many keys as are counted', async () => {
    const installation = await testInstallation();
    populate(installation);
    const { store, clock } = installation;
    const verbs = verbsOver(installation, clock, store);
    const criteria = { service: 'support-api' };
    const { keys: count } = await verbs['keys:count'](criteria);
    const page = async (offset: number, limit: number) =>
      (await verbs['keys:page']({ ...criteria, sort: SORT, offset, limit })).keys.map(({ id }) => id);
    const all = await page(0, 1000);
    expect(all).toHaveLength(count);
    expect(await page(7, 5)).toEqual(all.slice(7, 12));
    expect(await page(count, 5)).toEqual([]);
    expect([...(await verbs['keys:ids'](criteria))].sort()).toEqual([...all].sort());
    const { kinds } = await verbs['keys:facets'](criteria);
    expect(kinds.private + kinds.public).toBe(count);
    // Counters know what narrows nothing; whatever narrows, even to the same keys, is looked through.
    const everyKind = () => ({ kinds: [...KINDS] });
    for (const service of [{}, { service: 'support-api' }, { service: 'wide' }]) {
      const counted = await verbs['keys:facets'](service);
      const looked = await verbs['keys:facets']({ ...service, ...everyKind() });
      expect(counted).toEqual(looked);
      expect(await verbs['keys:count'](service)).toEqual(
        await verbs['keys:count']({ ...service, ...everyKind() }),
      );
    }
  });

  it('points out what wants attention, by the clock', async () => {
    const installation = await testInstallation();
    const { store, ports, actor, clock } = installation;
    createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
    const issue = (name: string, change: object = {}) =>
      createKey(ports, actor, { service: 'support-api', name, ...change }).key;
    const kept = { keep: () => undefined };
    issue('soon', { ...kept, expires: '14d' });
    issue('later', { ...kept, expires: '20d' });
    issue('unsaved');
    disableKey(ports, actor, { key: issue('disabled', { ...kept, expires: '7d' }).id });
    revokeKey(ports, actor, { key: issue('revoked', { expires: '7d' }).id });
    issue('web', { kind: 'public', permissions: ['sessions:create'] });
    const verbs = verbsOver(installation, clock, store);
    expect(await verbs['keys:attention'](undefined)).toEqual({
      unsaved: 1,
      expiring: 1,
      overdue: 0,
      exposed: 0,
    });
    importCatalog(ports, actor, {
      service: 'support-api',
      catalog: { permissions: [], roles: [], accounts: [] },
      force: true,
    });
    clock.now = NOW + 6 * DAY;
    expect(await verbs['keys:attention'](undefined)).toEqual({
      unsaved: 1,
      expiring: 2,
      overdue: 0,
      exposed: 1,
    });
    const expiring = async (expiryWarning: Preferences['expiryWarning']) =>
      (await verbsOver(installation, clock, store, { expiryWarning })['keys:attention'](undefined)).expiring;
    expect(await Promise.all([expiring('7d'), expiring('30d'), expiring('never')])).toEqual([0, 2, 0]);
    clock.now = NOW + 90 * DAY;
    expect(await verbs['keys:attention'](undefined)).toEqual({
      unsaved: 1,
      expiring: 0,
      overdue: 1,
      exposed: 1,
    });
  });

  it('names no more keys than one change may, and says so', async () => {
    const installation = await testInstallation();
    const { store } = installation;
    const some = (count: number) => Array.from({ length: count }, () => 'ak_0000000000000000');
    const holding = (count: number) =>
      verbsOver(
        installation,
        { now: CROWD_NOW },
        {
          ...store,
          snapshot: work =>
            work({ ...store, keyIds: (_, __, limit) => some(Math.min(count, limit)) as never }),
        },
      );
    expect(await holding(MAX_BULK)['keys:ids']({})).toHaveLength(10_000);
    expect(refusal('QUERY_INVALID', () => holding(MAX_BULK + 1)['keys:ids']({})).field).toBe('keys');
  });
});
