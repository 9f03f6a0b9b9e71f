import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { KeyView, SortField } from '../../preload/contract.ts';
import { CreatedCell } from './cells/created-cell.tsx';
import { ExpiresCell } from './cells/expires-cell.tsx';
import { GrantTags } from './cells/grant-tags.tsx';
import { KeyIdText } from './cells/key-id-text.tsx';
import { KindWord } from './cells/kind-word.tsx';
import { ServiceCell } from './cells/service-cell.tsx';
import { StatusCell } from './cells/status-cell.tsx';
import { lastFourOf } from './last-four.ts';

/** A place in the list; its key is undefined until its page has arrived. */
export interface KeyPlace {
  readonly index: number;
  readonly key: KeyView | undefined;
}

export const keyTableFeatures = tableFeatures({
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
  rowSortingFeature,
});

const column = createColumnHelper<typeof keyTableFeatures, KeyPlace>();

/** A column of the key table whose cell needs the key. Its ID is a field that the list can be sorted by. */
function keyColumn(id: SortField, header: string, cell: (key: KeyView) => React.ReactNode) {
  return column.accessor(({ key }) => key?.id, {
    id,
    header,
    sortDescFirst: false,
    minSize: 48,
    maxSize: 900,
    cell: ({ row }) => (row.original.key ? cell(row.original.key) : null),
  });
}

/** @param grants what the column is called that says what keys are granted */
export const keyColumns = (grants: string) =>
  column.columns([
    keyColumn('status', 'Status', key => <StatusCell keyView={key} />),
    keyColumn('name', 'Name', key => <span title={key.name}>{key.name}</span>),
    keyColumn('id', 'Key ID', key => <KeyIdText id={key.id} />),
    keyColumn('service', 'Service', key => <ServiceCell slug={key.service} />),
    keyColumn('kind', 'Kind', key => <KindWord kind={key.kind} />),
    keyColumn('permissions', grants, key => <GrantTags keyView={key} />),
    keyColumn('created', 'Created', key => <CreatedCell keyView={key} />),
    keyColumn('expires', 'Expires', key => <ExpiresCell keyView={key} />),
    keyColumn('last-four', 'Last four', key => <span className="mono">{lastFourOf(key.hint)}</span>),
  ]);
