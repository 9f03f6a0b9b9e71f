import { type ColumnVisibilityState, type ReactTable, useTable } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { SORT_FIELDS } from '../../preload/contract.ts';
import { type KeyPlace, keyColumns, keyTableFeatures } from './key-columns.tsx';
import type { ListSort } from './list-view.ts';

interface Options {
  readonly places: KeyPlace[];
  readonly sort: ListSort;
  /** Without it the column *Kind* would say the same in every row, so it starts hidden. */
  readonly severalKinds: boolean;
  readonly onSort: (sort: ListSort) => void;
}

export type KeyTableModel = ReactTable<typeof keyTableFeatures, KeyPlace>;

/** The columns' state: widths and visibility live here, the order is the list's own. */
export function useKeyTable({ places, sort, severalKinds, onSort }: Options): KeyTableModel {
  const [chosen, setChosen] = useState<ColumnVisibilityState>({});
  const visibility = useMemo(() => ({ kind: severalKinds, ...chosen }), [severalKinds, chosen]);
  const sorting = [{ id: sort.field, desc: sort.descending }];
  return useTable({
    features: keyTableFeatures,
    columns: keyColumns,
    data: places,
    getRowId: ({ index }) => String(index),
    columnResizeMode: 'onChange',
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting, columnVisibility: visibility },
    onSortingChange: updater => {
      const [next] = typeof updater === 'function' ? updater(sorting) : updater;
      const field = SORT_FIELDS.find(each => each === next?.id);
      if (field && next) onSort({ field, descending: next.desc });
    },
    onColumnVisibilityChange: updater => {
      const next: ColumnVisibilityState = typeof updater === 'function' ? updater(visibility) : updater;
      const changed = Object.entries(next).filter(
        ([id, shown]) => (id === 'kind' ? severalKinds : true) !== shown || id in chosen,
      );
      setChosen(Object.fromEntries(changed));
    },
  });
}
