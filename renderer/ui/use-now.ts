import { useEffect, useReducer } from 'react';

/** The time now in milliseconds since the epoch; renders anew every `interval` milliseconds, unless it is null. */
export function useNow(interval: number | null = 60_000): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  useEffect(() => {
    if (interval === null) return;
    const timer = setInterval(tick, interval);
    return () => clearInterval(timer);
  }, [interval]);
  return Date.now();
}
