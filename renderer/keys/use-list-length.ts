import { useState } from 'react';
import type { KeyCount } from '../../preload/contract.ts';
import type { ListView } from './list-view.ts';
import { PAGE_SIZE } from './page-size.ts';
import type { Pages } from './use-pages.ts';

interface Grown {
  readonly view: ListView;
  readonly count: KeyCount;
  /** Rows that were found beyond those that were counted, and the ones that may be. */
  readonly beyond: number;
  /** True once the end was seen. */
  readonly ended: boolean;
}

export interface ListLength {
  readonly length: number;
  /** Looks at pages that have arrived: where more keys may follow than were counted, the list becomes longer. */
  readonly grow: (pages: Pages) => void;
}

/** How many rows a list has. Where only the least number is known, it grows page by page as its end is reached. */
export function useListLength(view: ListView, count: KeyCount): ListLength {
  const [state, setState] = useState<Grown>({ view, count, beyond: 0, ended: false });
  const isCurrent =
    state.view === view && state.count.keys === count.keys && state.count.isMore === count.isMore;
  const grown = isCurrent ? state : { view, count, beyond: 0, ended: false };
  const length = count.isMore ? count.keys + grown.beyond : count.keys;
  return {
    length,
    grow({ keyAt, end }) {
      if (!count.isMore) return;
      if (end !== undefined && (end !== length || !grown.ended))
        setState({ ...grown, beyond: end - count.keys, ended: true });
      else if (!grown.ended && keyAt(length - 1)) setState({ ...grown, beyond: grown.beyond + PAGE_SIZE });
    },
  };
}
