import { useQueryClient } from '@tanstack/react-query';
import type { AppState, Result } from '../../preload/contract.ts';
import { call, type Problem } from '../ui/call.ts';
import { useWork, type Work } from '../ui/use-work.ts';
import { appStateQuery } from './app-state-query.ts';

interface AppChange extends Omit<Work, 'run'> {
  readonly run: (verb: () => Promise<Result<AppState>>, refused?: (problem: Problem) => boolean) => void;
}

/** Runs a verb that moves the app to its next state, and shows that state. */
export function useAppChange(): AppChange {
  const client = useQueryClient();
  const work = useWork();
  return {
    ...work,
    run: (verb, refused) =>
      void work.run(async () => {
        const state = await call(verb());
        // An older answer that is still on its way must not take the place of this one.
        await client.cancelQueries(appStateQuery);
        client.setQueryData(appStateQuery.queryKey, state);
      }, refused),
  };
}
