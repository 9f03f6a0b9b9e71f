import { useMediaQuery } from '@mantine/hooks';
import { type ColumnVisibilityState, type ReactTable, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { type KeyView, SORT_FIELDS } from '../../preload/contract.ts';
import { announce } from '../ui/announcer.tsx';
import { keyColumns, keyTableFeatures } from './key-columns.tsx';
import type { ListSort } from './list-view.ts';
import { useLayout } from './use-layout.ts';

interface Options {
  readonly sort: ListSort;
  /** Without it the column *Kind* would say the same in every row, so it starts hidden. */
  readonly severalKinds: boolean;
  /** Without it there is no column *Service*. */
  readonly severalServices: boolean;
  /** The header of what keys are granted. */
  readonly grants: string;
  readonly onSort: (sort: ListSort) => void;
}

export type KeyTableModel = ReactTable<typeof keyTableFeatures, KeyView>;

/** The rows are the list's own: the table knows its columns alone, and scrolling does not concern it. */
const NO_ROWS: KeyView[] = [];

/** The columns' state: widths and visibility are the window's layout, the order is the list's own. */
export function useKeyTable(options: Options): KeyTableModel {
  const { sort, severalKinds, severalServices, grants, onSort } = options;
  const [{ columns: chosen, widths }, changeLayout] = useLayout();
  // What the search finds and the information panel shows gives way first.
  const roomy = useMediaQuery('(min-width: 1400px)', true, { getInitialValueInEffect: false });
  const visibility = useMemo<ColumnVisibilityState>(
    () => ({
      kind: severalKinds,
      'last-four': roomy,
      ...chosen,
      service: severalServices && chosen.service !== false,
    }),
    [severalKinds, roomy, severalServices, chosen],
  );
  const columns = useMemo(() => keyColumns(grants), [grants]);
  const sorting = [{ id: sort.field, desc: sort.descending }];
  return useTable({
    features: keyTableFeatures,
    columns,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting, columnVisibility: visibility, columnSizing: widths },
    onSortingChange: updater => {
      const [next] = typeof updater === 'function' ? updater(sorting) : updater;
      const field = SORT_FIELDS.find(each => each === next?.id);
      if (!field || !next) return;
      onSort({ field, descending: next.desc });
      const column = columns.find(({ id }) => id === next.id)?.header;
      announce(`Sorted by ${String(column).toLowerCase()}, ${next.desc ? 'descending' : 'ascending'}.`);
    },
    onColumnVisibilityChange: updater => {
      const next: ColumnVisibilityState = typeof updater === 'function' ? updater(visibility) : updater;
      const toggled = Object.entries(next).filter(([id, shown]) => shown !== (visibility[id] ?? true));
      changeLayout({ columns: { ...chosen, ...Object.fromEntries(toggled) } });
    },
    onColumnSizingChange: updater => {
      changeLayout({ widths: typeof updater === 'function' ? updater(widths) : updater });
    },
  });
}
