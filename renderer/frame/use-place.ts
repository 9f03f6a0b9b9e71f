import { useMemo, useRef, useState } from 'react';
import { FIRST_SORT, type ListView, NOT_NARROWED } from '../keys/list-view.ts';
import { useSearch } from '../keys/use-search.ts';
import { useSelection } from '../keys/use-selection.ts';
import { REVIEWS, type ReviewKind } from './reviews.ts';
import type { Screen } from './screens.ts';

/** Where the admin is: on which screen, which service's keys, how narrowed and sorted, and which of them are selected. */
export function usePlace() {
  const [screen, setScreen] = useState<Screen>('keys');
  const [asked, setAsked] = useState<Omit<ListView, 'text'>>({
    service: null,
    sort: FIRST_SORT,
    ...NOT_NARROWED,
  });
  const search = useSearch();
  const searchRef = useRef<HTMLInputElement>(null);
  const view = useMemo<ListView>(() => ({ ...asked, text: search.words }), [asked, search.words]);
  const selection = useSelection(view);

  /** Shows these keys and no others; what was searched and selected is gone. */
  function show(next: Partial<ListView>) {
    setAsked(before => ({ ...before, ...NOT_NARROWED, ...next }));
    search.clear();
    selection.clear();
  }

  return {
    screen,
    /** Shows a key in the list, whatever the screen was. */
    showKey(key: string) {
      setScreen('keys');
      selection.select(key);
    },
    /** Shows another screen than the keys. */
    open(next: Screen) {
      setScreen(next);
      search.clear();
      selection.clear();
    },
    view,
    selection,
    search: {
      ...search,
      /** What is found is shown in the list. */
      setText(given: string) {
        setScreen('keys');
        search.setText(given);
      },
    },
    searchRef,
    goTo(service: string | null) {
      setScreen('keys');
      show({ service });
    },
    /** Words that are given replace those in the search field; they can only be cleared. */
    change({ text, ...change }: Partial<ListView>) {
      setAsked(before => ({ ...before, ...change }));
      if (text === '') search.clear();
    },
    clear: () => show({}),
    review(kind: ReviewKind) {
      setScreen('keys');
      show({ service: null, ...REVIEWS[kind] });
    },
    focusSearch() {
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    /** Ends the selection, and with it the information panel; focus goes back to the row. */
    leaveSelection() {
      const row = document.querySelector<HTMLElement>(`[data-key="${selection.only}"]`);
      selection.clear();
      row?.focus({ preventScroll: true });
    },
  };
}

export type Place = ReturnType<typeof usePlace>;
