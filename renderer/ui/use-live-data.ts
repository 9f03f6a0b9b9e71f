import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { REVEAL_KEY } from '../reveal/reveal-query.ts';
import { useAppEvent } from './use-app-event.ts';

/** Keys expire by the clock, without a change in the database. */
const CLOCK_INTERVAL = 60_000;

/** Refreshes what is on the screen when the database changed, and once a minute for the clock's sake. */
export function useLiveData(): void {
  const client = useQueryClient();
  const refresh = useEffectEvent((prefix?: string) => {
    const predicate = ({ queryKey: [first] }: Query) =>
      first !== REVEAL_KEY && (prefix === undefined || first === prefix);
    // A first answer that is under way may be older than the change, and is not asked for anew by itself.
    const early = client.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' });
    void client.invalidateQueries({ predicate });
    for (const query of early.filter(({ state }) => state.data === undefined)) {
      void query.promise?.then(
        () => client.invalidateQueries({ queryKey: query.queryKey, exact: true }),
        () => undefined,
      );
    }
  });
  useAppEvent('changed', () => refresh());
  useEffect(() => {
    const timer = setInterval(() => refresh('keys'), CLOCK_INTERVAL);
    return () => clearInterval(timer);
  }, []);
}
