import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReveals, type PendingReveal, REVEAL_TIME } from '../../../main/desktop/reveals.ts';
import type { IssuedKey } from '../../../main/keys/create-key.ts';
import { newKeyId } from '../../../main/keys/ids.ts';
import { refusal } from '../../fixtures/expect-failure.ts';

const issued = () =>
  ({ key: { id: newKeyId(randomBytes), name: 'ci' }, token: `token ${Math.random()}` }) as IssuedKey;

function reveals() {
  const shown: boolean[] = [];
  const expired: PendingReveal[] = [];
  return {
    shown,
    expired,
    ...createReveals({ onShown: value => shown.push(value), onExpired: reveal => expired.push(reveal) }),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a reveal', () => {
  it('holds its secret under a handle until it is closed', () => {
    const { open, require: get, close, shown } = reveals();
    const secret = issued();
    const { handle } = open(secret, 'created');
    expect(get(handle).token).toBe(secret.token);
    close(handle);
    refusal('REVEAL_GONE', () => get(handle));
    expect(shown).toEqual([true, false]);
  });

  it('forgets its secret after ten minutes, and says so', () => {
    const { open, require: get, expired } = reveals();
    const { handle } = open(issued(), 'created');
    vi.advanceTimersByTime(REVEAL_TIME - 1);
    expect(get(handle).handle).toBe(handle);
    vi.advanceTimersByTime(1);
    refusal('REVEAL_GONE', () => get(handle));
    expect(expired.map(reveal => reveal.handle)).toEqual([handle]);
  });

  it('cannot be guessed, and is not found under another handle', () => {
    const { open, require: get } = reveals();
    open(issued(), 'created');
    refusal('REVEAL_GONE', () => get(''));
    refusal('REVEAL_GONE', () => get('__proto__'));
  });

  it('is noted once for each way in which it is handed out, and again where that failed', () => {
    const { open, once } = reveals();
    const [one, two] = [open(issued(), 'created').handle, open(issued(), 'created').handle];
    const noted: string[] = [];
    for (const handle of [one, one, two]) once(handle, 'shown', () => noted.push(`shown ${handle}`));
    once(one, 'copied', () => noted.push(`copied ${one}`));
    expect(noted).toEqual([`shown ${one}`, `shown ${two}`, `copied ${one}`]);
    const fail = () => {
      throw new Error('not written down');
    };
    expect(() => once(one, 'saved', fail)).toThrow('not written down');
    once(one, 'saved', () => noted.push('saved'));
    expect(noted.at(-1)).toBe('saved');
  });

  it('leaves nothing behind when all are cleared', () => {
    const { open, require: get, clear, current, expired } = reveals();
    const handles = [open(issued(), 'created').handle, open(issued(), 'new-secret').handle];
    expect(current()?.handle).toBe(handles[1]);
    clear();
    for (const handle of handles) refusal('REVEAL_GONE', () => get(handle));
    vi.advanceTimersByTime(REVEAL_TIME);
    expect([current(), expired]).toEqual([undefined, []]);
  });
});
