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
      hold: step('hold'),
      lock: async () => {
        order.push('lock');
        return LOCKED;
      },
      followGeneration: async () => {
        order.push('follow');
        return LOCKED;
      },
      current: () => undefined,
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
  expect(order.slice(0, 4)).toEqual(['hold', 'reveals', 'clipboard', 'lock']);
  // What came in between is put away as well.
  expect(order.slice(4)).toEqual(['reveals', 'clipboard', 'show anew']);
});

it('locks although something never answers', async () => {
  vi.useFakeTimers();
  try {
    const { order, given } = parts();
    const never = () => new Promise<void>(() => undefined);
    const locked = createAppLock({ ...given, putAway: [never, ...given.putAway] }).lock();
    expect(order[0], 'nothing is handed out while it waits').toBe('hold');
    await vi.runAllTimersAsync();
    expect(await locked).toBe(LOCKED);
  } finally {
    vi.useRealTimers();
  }
});

it('locks although something cannot be put away, and says so', async () => {
  const { order, given } = parts();
  const stuck = () => Promise.reject(new Error('no clipboard'));
  const thrown = () => {
    throw new Error('no reveals');
  };
  await createAppLock({ ...given, putAway: [thrown, stuck, ...given.putAway] }).lock();
  expect(order.filter(what => what === 'Not all was put away')).toHaveLength(4);
  expect(order).toContain('lock');
  expect(order.at(-1)).toBe('show anew');
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
  expect(order).toEqual(['hold', 'reveals', 'clipboard', 'reveals', 'clipboard', 'show anew']);
});

it('puts everything away before it follows another generation', async () => {
  const { order, given } = parts();
  createAppLock(given).follow();
  await vi.waitFor(() =>
    expect(order).toEqual(['hold', 'reveals', 'clipboard', 'follow', 'reveals', 'clipboard', 'show anew']),
  );
});

it('puts everything away before an installation is replaced, and shows another page afterwards', async () => {
  const { order, given } = parts();
  const work = async () => {
    order.push('work');
    return 'done';
  };
  expect(await createAppLock(given).replace(work)).toBe('done');
  expect(order).toEqual(['hold', 'reveals', 'clipboard', 'work', 'show anew']);
});

it('shows another page when a refused replacement left closed what was open', async () => {
  for (const [after, shown] of [
    ['closed', true],
    ['open', false],
  ] as const) {
    const { order, given } = parts();
    const open = {} as NonNullable<ReturnType<LockedParts['sessions']['current']>>;
    let isOpen = true;
    const sessions = { ...given.sessions, current: () => (isOpen ? open : undefined) };
    const work = async () => {
      isOpen = after === 'open';
      throw new Error('refused');
    };
    await expect(createAppLock({ ...given, sessions }).replace(work)).rejects.toThrow('refused');
    expect(order.includes('show anew'), after).toBe(shown);
  }
});
