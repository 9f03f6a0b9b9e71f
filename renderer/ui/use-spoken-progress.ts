import { useEffect, useRef } from 'react';
import { announce } from './announcer.tsx';
import { isWorthSaying, type Spoken } from './spoken-progress.ts';

/**
 * Says to screen readers from time to time how far something is that takes long.
 *
 * @param words what the screen says of it
 */
export function useSpokenProgress(done: number, total: number, words: string): void {
  const before = useRef<Spoken | null>(null);
  useEffect(() => {
    const now = { at: performance.now(), percent: total === 0 ? 0 : (done / total) * 100 };
    before.current ??= { at: now.at, percent: 0 };
    // What begins anew, as the next phase of a bulk issue does, counts from its own beginning.
    if (now.percent < before.current.percent) before.current = { ...before.current, percent: 0 };
    if (!isWorthSaying(before.current, now)) return;
    before.current = now;
    announce(words);
  }, [done, total, words]);
}
