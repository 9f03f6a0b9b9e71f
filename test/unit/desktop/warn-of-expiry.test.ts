import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../../main/trust/session.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../preload/contract.ts';

/** What the system shows. */
const system = vi.hoisted(() => ({
  shown: [] as { title: string; body: string; emit(event: string): void }[],
}));

vi.mock('electron', () => ({
  Notification: class extends EventEmitter {
    static isSupported = () => true;
    readonly title: string;
    readonly body: string;
    constructor({ title, body }: { title: string; body: string }) {
      super();
      this.title = title;
      this.body = body;
    }
    show() {
      system.shown.push(this);
    }
  },
}));
const { warnOfExpiry } = await import('../../../main/desktop/warn-of-expiry.ts');

const DAY = 86_400;

beforeEach(() => {
  system.shown = [];
});

function warning(keys: number, preferred: Partial<Preferences> = {}) {
  const asked: number[] = [];
  const stands = { open: true };
  const reader = {
    expiringKeys: (within: number) => {
      asked.push(within);
      return keys;
    },
  };
  const session = { store: { snapshot: (work: (given: typeof reader) => number) => work(reader) } };
  const onClick = vi.fn();
  const warn = warnOfExpiry(
    { current: () => (stands.open ? (session as unknown as Session) : undefined) },
    { preferences: () => ({ ...DEFAULT_PREFERENCES, ...preferred }) },
    () => 1000,
    onClick,
  );
  return { warn, asked, stands, onClick };
}

describe('the warning of keys that expire soon', () => {
  it('is said once in the life of the app, by their number, and a click leads to them', () => {
    const { warn, asked, onClick } = warning(12, { expiryWarning: '30d' });
    warn();
    warn();
    expect(asked).toEqual([30 * DAY]);
    expect(system.shown.map(({ title, body }) => [title, body])).toEqual([
      [
        'Keys are about to expire',
        '12 keys expire within 30 days. Whoever uses them will be locked out then.',
      ],
    ]);
    system.shown[0]?.emit('click');
    expect(onClick).toHaveBeenCalledOnce();
  });

  it('waits while it is locked', () => {
    const { warn, stands } = warning(1);
    stands.open = false;
    warn();
    expect(system.shown).toEqual([]);
    stands.open = true;
    warn();
    expect(system.shown[0]?.body).toBe(
      '1 key expires within 14 days. Whoever uses it will be locked out then.',
    );
  });

  it('is not said when nothing expires, nor to those who do not want it', () => {
    warning(0).warn();
    warning(3, { notifyExpiring: false }).warn();
    warning(3, { expiryWarning: 'never' }).warn();
    expect(system.shown).toEqual([]);
  });
});
