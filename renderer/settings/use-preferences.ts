import { useQuery, useQueryClient } from '@tanstack/react-query';
import { DEFAULT_PREFERENCES, type PreferenceChange, type Preferences } from '../../preload/contract.ts';
import { announce } from '../ui/announcer.tsx';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import { preferencesQuery } from './preferences-query.ts';

/** What is preferred on this machine; until that is known, what is preferred at first. */
export function usePreferences(): Preferences {
  return useQuery(preferencesQuery).data ?? DEFAULT_PREFERENCES;
}

/** Keeps preferences at once; what cannot be kept is as it was, and said. */
export function useKeepPreferences(): (change: PreferenceChange, words: string) => Promise<void> {
  const client = useQueryClient();
  return async (change, words) => {
    try {
      const kept = await call(window.keysmith.settings.keepPreferences(change));
      client.setQueryData(preferencesQuery.queryKey, kept);
      const holds = Object.entries(change).every(
        ([name, value]) => kept[name as keyof Preferences] === value,
      );
      announce(holds ? words : 'The change was not kept.');
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  };
}
