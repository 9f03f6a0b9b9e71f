import { useMemo, useRef, useState } from 'react';
import { FIRST_SORT, type ListView } from '../keys/list-view.ts';
import { useSearch } from '../keys/use-search.ts';

const EVERYTHING = { statuses: [], unsaved: false } as const;

/** Where the admin is: which service's keys, how narrowed and sorted, and which key is looked at. */
export function usePlace() {
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
    setAsked({ ...asked, service, ...EVERYTHING });
    search.clear();
    select(null);
  }

  return {
    view,
    selected,
    select,
    search,
    searchRef,
    goTo,
    change: ({ text: _, ...change }: Partial<ListView>) => setAsked({ ...asked, ...change }),
    clear() {
      setAsked({ ...asked, ...EVERYTHING });
      search.clear();
    },
    /** Shows the keys of all services whose secret nobody confirmed. */
    reviewUnsaved() {
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
