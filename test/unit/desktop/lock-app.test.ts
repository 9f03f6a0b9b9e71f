import { expect, it, vi } from 'vitest';
import { createAppLock, type LockedParts } from '../../../main/desktop/lock-app.ts';
import type { AppState } from '../../../preload/contract.ts';

const LOCKED: AppState = { kind: 'locked', installation: 'Team', operators: [], last: null, failure: null };

function parts(change: Partial<LockedParts> = {}) {
  const order: string[] = [];
  const step = (name: string) => () => void order.push(name);
  const given: LockedParts = {
    sessions: {
      lockable: () => true,
      lock: async () => {
        order.push('lock');
        return LOCKED;
      },
      followGeneration: async () => {
        order.push('follow');
        return LOCKED;
      },
    },
    putAway: [step('reveals'), step('clipboard')],
    showAnew: step('show anew'),
    report: what => order.push(what),
    ...change,
  };
  return { order, given };
}

it('puts everything away before the keys go, and shows another page afterwards', async () => {
  const { order, given } = parts();
  expect(await createAppLock(given).lock()).toBe(LOCKED);
  expect(order).toEqual(['reveals', 'clipboard', 'lock', 'show anew']);
});

it('locks although something cannot be put away, and says so', async () => {
  const { order, given } = parts();
  const stuck = () => Promise.reject(new Error('no clipboard'));
  const thrown = () => {
    throw new Error('no reveals');
  };
  await createAppLock({ ...given, putAway: [thrown, stuck, ...given.putAway] }).lock();
  expect(order.filter(what => what === 'Not all was put away')).toHaveLength(2);
  expect(order.slice(-2)).toEqual(['lock', 'show anew']);
});

it('leaves everything as it is where there is no lock', async () => {
  const { order, given } = parts();
  const refused = new Error('The lock is off.');
  const sessions = { ...given.sessions, lockable: () => false, lock: () => Promise.reject(refused) };
  const appLock = createAppLock({ ...given, sessions });
  await expect(appLock.lock()).rejects.toBe(refused);
  appLock.lockQuietly();
  expect(order).toEqual([]);
});

it('shows another page even when locking fails, and reports why', async () => {
  const { order, given } = parts();
  const report = vi.fn();
  const sessions = { ...given.sessions, lock: () => Promise.reject(new Error('broken')) };
  createAppLock({ ...given, sessions, report }).lockQuietly();
  await vi.waitFor(() => expect(report).toHaveBeenCalledOnce());
  expect(order).toEqual(['reveals', 'clipboard', 'show anew']);
});

it('puts everything away before it follows another generation', async () => {
  const { order, given } = parts();
  createAppLock(given).follow();
  await vi.waitFor(() => expect(order).toEqual(['reveals', 'clipboard', 'follow', 'show anew']));
});
