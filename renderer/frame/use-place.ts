import { useMemo, useRef, useState } from 'react';
import { FIRST_SORT, type ListView } from '../keys/list-view.ts';
import { useSearch } from '../keys/use-search.ts';
import type { Screen } from './screens.ts';

const EVERYTHING = { statuses: [], unsaved: false } as const;

/** Where the admin is: on which screen, which service's keys, how narrowed and sorted, and which key is looked at. */
export function usePlace() {
  const [screen, setScreen] = useState<Screen>('keys');
  const [asked, setAsked] = useState<Omit<ListView, 'text'>>({
    service: null,
    sort: FIRST_SORT,
    ...EVERYTHING,
  });
  const [selected, select] = useState<string | null>(null);
  const search = useSearch();
  const searchRef = useRef<HTMLInputElement>(null);
  const view = useMemo<ListView>(() => ({ ...asked, text: search.words }), [asked, search.words]);

  function goTo(service: string | null) {
    setScreen('keys');
    setAsked({ ...asked, service, ...EVERYTHING });
    search.clear();
    select(null);
  }

  return {
    screen,
    /** Shows another screen than the keys. */
    open(next: Screen) {
      setScreen(next);
      search.clear();
    },
    view,
    selected,
    select,
    search: {
      ...search,
      /** What is found is shown in the list. */
      setText(given: string) {
        setScreen('keys');
        search.setText(given);
      },
    },
    searchRef,
    goTo,
    change: ({ text: _, ...change }: Partial<ListView>) => setAsked({ ...asked, ...change }),
    clear() {
      setAsked({ ...asked, ...EVERYTHING });
      search.clear();
    },
    /** Shows the keys of all services whose secret nobody confirmed. */
    reviewUnsaved() {
      setScreen('keys');
      setAsked({ ...asked, service: null, statuses: ['active', 'disabled', 'expired'], unsaved: true });
      search.clear();
    },
    focusSearch() {
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    /** Closes the information panel; focus goes back to its row. */
    closePanel() {
      const row = document.querySelector<HTMLElement>(`[data-key="${selected}"]`);
      select(null);
      row?.focus({ preventScroll: true });
    },
  };
}
