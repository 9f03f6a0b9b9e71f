import { powerMonitor } from 'electron';

/** How often it is looked whether anybody is there, in milliseconds. */
const INTERVAL = 5000;

export interface SelfLock {
  /** Minutes without any input until it locks; 0: never. Asked each time. */
  readonly minutes: () => number;
  /** True while something waits that an idle lock must not cut off: a secret that nobody saved yet, an export. */
  readonly busy: () => boolean;
  readonly lock: () => void;
}

/**
 * Locks by itself: at once when the machine goes to sleep or its screen is locked (where Electron reports it), and when
 * nobody touched it for a while.
 */
export function lockBySelf({ minutes, busy, lock }: SelfLock): { stop(): void } {
  const look = () => {
    const allowed = minutes() * 60;
    if (allowed > 0 && powerMonitor.getSystemIdleTime() >= allowed && !busy()) lock();
  };
  const timer = setInterval(look, INTERVAL);
  powerMonitor.on('suspend', lock);
  powerMonitor.on('lock-screen', lock);
  return {
    stop() {
      clearInterval(timer);
      powerMonitor.off('suspend', lock);
      powerMonitor.off('lock-screen', lock);
    },
  };
}
