import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Reveal } from '../../preload/contract.ts';
import { revealQuery } from './reveal-query.ts';

/** The reveal that is open, and how to open and end one. */
export function useReveal() {
  const client = useQueryClient();
  const { data } = useQuery(revealQuery);
  return {
    reveal: data ?? null,
    setReveal(reveal: Reveal | null) {
      // An older answer that is still on its way must not take the place of this one.
      void client.cancelQueries(revealQuery);
      client.setQueryData(revealQuery.queryKey, reveal);
    },
  };
}
