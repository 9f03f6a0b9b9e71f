import { useDebouncedValue } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ServiceView } from '../../preload/contract.ts';
import { readSearch } from '../keys/read-search.ts';
import { call } from '../ui/call.ts';
import type { Offer } from './palette-offers.tsx';

const PAUSE = 150;
/** Fewer letters than these are in too many names. */
const LEAST = 2;
const FOUND = 6;

/** Keys with these words, for the palette. */
export function useFoundKeys(
  typed: string,
  services: readonly ServiceView[],
  onShow: (key: string) => void,
): readonly Offer[] {
  const [paused] = useDebouncedValue(typed.trim(), PAUSE);
  // SECURITY: what may be a token is never part of a query key. The search field looks tokens up.
  const words = typed.trim() === '' || readSearch(paused).kind === 'token' ? '' : paused;
  const { data } = useQuery({
    queryKey: ['keys', 'named', words],
    queryFn: () =>
      call(
        window.keysmith.keys.page({
          text: words,
          sort: { field: 'name', descending: false },
          offset: 0,
          limit: FOUND,
        }),
      ),
    enabled: words.length >= LEAST,
    placeholderData: keepPreviousData,
  });
  if (words.length < LEAST || !data) return [];
  return data.keys.map(({ id, name, service }) => ({
    id: `key:${id}`,
    label: name,
    description: `${services.find(({ slug }) => slug === service)?.title ?? service} · ${id}`,
    icon: IconKey,
    group: 'Keys',
    run: () => onShow(id),
  }));
}
