import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: vi.fn(() => 0) });
vi.mock('electron', () => ({ powerMonitor }));
const { lockBySelf } = await import('../../../main/desktop/self-lock.ts');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  powerMonitor.removeAllListeners();
  powerMonitor.getSystemIdleTime.mockReturnValue(0);
});

function started({ minutes = 10, busy = false } = {}) {
  const circumstances = { minutes, busy };
  const lock = vi.fn();
  const self = lockBySelf({
    minutes: () => circumstances.minutes,
    busy: () => circumstances.busy,
    lock,
  });
  return { circumstances, lock, self };
}

describe('the lock by itself', () => {
  it('comes when nobody was there for the minutes that are preferred', () => {
    const { lock, circumstances } = started();
    powerMonitor.getSystemIdleTime.mockReturnValue(599);
    vi.advanceTimersByTime(5000);
    expect(lock).not.toHaveBeenCalled();
    circumstances.minutes = 9;
    vi.advanceTimersByTime(5000);
    expect(lock).toHaveBeenCalledOnce();
  });

  it('never comes with zero minutes', () => {
    const { lock } = started({ minutes: 0 });
    powerMonitor.getSystemIdleTime.mockReturnValue(100_000);
    vi.advanceTimersByTime(60_000);
    expect(lock).not.toHaveBeenCalled();
  });

  it('waits for what must not be cut off, when nobody is there', () => {
    const { lock, circumstances } = started({ busy: true });
    powerMonitor.getSystemIdleTime.mockReturnValue(100_000);
    vi.advanceTimersByTime(60_000);
    expect(lock).not.toHaveBeenCalled();
    circumstances.busy = false;
    vi.advanceTimersByTime(5000);
    expect(lock).toHaveBeenCalledOnce();
  });

  it.each(['suspend', 'lock-screen'])('waits for nothing at %s', event => {
    const { lock } = started({ busy: true, minutes: 0 });
    powerMonitor.emit(event);
    expect(lock).toHaveBeenCalledOnce();
  });

  it('ends', () => {
    const { lock, self } = started();
    self.stop();
    powerMonitor.getSystemIdleTime.mockReturnValue(100_000);
    vi.advanceTimersByTime(60_000);
    powerMonitor.emit('suspend');
    expect(lock).not.toHaveBeenCalled();
  });
});
