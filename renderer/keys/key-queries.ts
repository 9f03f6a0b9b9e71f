import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';
import { forgetOldPages } from './kept-pages.ts';
import { latestFirst } from './latest-first.ts';
import { type KeyFilter, type ListView, toKeyFilter } from './list-view.ts';
import { PAGE_SIZE } from './page-size.ts';

const enqueuePage = latestFirst();
/** Counts are another thread's work: pages do not wait for them. */
const enqueueCount = latestFirst();

/** One page of the list by its number. */
export function pageQuery(view: ListView, page: number) {
  const filter = toKeyFilter(view);
  return queryOptions({
    queryKey: ['keys', 'page', filter, view.sort, page],
    queryFn: async ({ signal, client }) => {
      const rows = await enqueuePage(signal, () =>
        call(
          window.keysmith.keys.page({
            ...filter,
            sort: view.sort,
            offset: page * PAGE_SIZE,
            limit: PAGE_SIZE,
          }),
        ),
      );
      forgetOldPages(client);
      return rows;
    },
  });
}

/** How many keys the list has. */
export function countQuery(filter: KeyFilter) {
  return queryOptions({
    queryKey: ['keys', 'count', filter],
    queryFn: ({ signal }) => enqueueCount(signal, () => call(window.keysmith.keys.count(filter))),
  });
}

/** The IDs of all keys of the list; refused when they are more than one change may name. */
export function idsQuery(filter: KeyFilter) {
  return queryOptions({
    queryKey: ['keys', 'ids', filter],
    queryFn: () => call(window.keysmith.keys.ids(filter)),
  });
}

/** A filter that is changed again at once is not asked about. Where it is changed later, main gives the old one up. */
const FACETS_PAUSE = 150;

/** The counts beside each choice of the filter panel. */
export function facetsQuery(filter: KeyFilter) {
  return queryOptions({
    queryKey: ['keys', 'facets', filter],
    queryFn: async ({ signal }) => {
      await new Promise(resolve => setTimeout(resolve, FACETS_PAUSE));
      signal.throwIfAborted();
      return call(window.keysmith.keys.facets(filter));
    },
  });
}

/** How many keys need an admin, over all services. */
export const attentionQuery = queryOptions({
  queryKey: ['keys', 'attention'],
  queryFn: () => call(window.keysmith.keys.attention()),
});

/** One key with its credentials and history. */
export function keyQuery(id: string) {
  return queryOptions({
    queryKey: ['keys', 'show', id],
    queryFn: () => call(window.keysmith.keys.show({ key: id })),
  });
}

/**
 * The keys whose last four characters these are.
 * SECURITY: only for four characters; what may be a token is never part of a query key.
 */
export function lastFourQuery(characters: string) {
  return queryOptions({
    queryKey: ['keys', 'last-four', characters],
    queryFn: () => call(window.keysmith.keys.find({ text: characters })),
  });
}
