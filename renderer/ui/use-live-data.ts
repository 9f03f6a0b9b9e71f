import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { REVEAL_KEY } from '../reveal/reveal-query.ts';
import { useAppEvent } from './use-app-event.ts';

/** Keys expire by the clock, without a change in the database. */
const CLOCK_INTERVAL = 60_000;

/** Refreshes what is on the screen when the database changed, and once a minute for the clock's sake. */
export function useLiveData(): void {
  const client = useQueryClient();
  const refresh = useEffectEvent((prefix?: string) => {
    void client.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        first !== REVEAL_KEY && (prefix === undefined || first === prefix),
    });
  });
  useAppEvent('changed', () => refresh());
  useEffect(() => {
    const timer = setInterval(() => refresh('keys'), CLOCK_INTERVAL);
    return () => clearInterval(timer);
  }, []);
}
