import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { KeyView, SortField } from '../../preload/contract.ts';
import { CreatedCell } from './cells/created-cell.tsx';
import { ExpiresCell } from './cells/expires-cell.tsx';
import { GrantTags } from './cells/grant-tags.tsx';
import { KeyIdText } from './cells/key-id-text.tsx';
import { KindWord } from './cells/kind-word.tsx';
import { ServiceCell } from './cells/service-cell.tsx';
import { StatusCell } from './cells/status-cell.tsx';
import { lastFourOf } from './last-four.ts';

export const keyTableFeatures = tableFeatures({
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
  rowSortingFeature,
});

const column = createColumnHelper<typeof keyTableFeatures, KeyView>();

/** A column of the key table. Its ID is a field that the list can be sorted by. */
function keyColumn(id: SortField, header: string) {
  return column.accessor(key => key.id, { id, header, sortDescFirst: false, minSize: 48, maxSize: 900 });
}

/** @param grants what the column is called that says what keys are granted */
export const keyColumns = (grants: string) =>
  column.columns([
    keyColumn('status', 'Status'),
    keyColumn('name', 'Name'),
    keyColumn('id', 'Key ID'),
    keyColumn('service', 'Service'),
    keyColumn('kind', 'Kind'),
    keyColumn('permissions', grants),
    keyColumn('created', 'Created'),
    keyColumn('expires', 'Expires'),
    keyColumn('last-four', 'Last four'),
  ]);

/** What a row shows of its key, by the column's ID. */
export const KEY_CELLS: Readonly<Record<string, (key: KeyView) => ReactNode>> = {
  status: key => <StatusCell keyView={key} />,
  name: key => <span title={key.name}>{key.name}</span>,
  id: key => <KeyIdText id={key.id} />,
  service: key => <ServiceCell slug={key.service} />,
  kind: key => <KindWord kind={key.kind} />,
  permissions: key => <GrantTags keyView={key} />,
  created: key => <CreatedCell keyView={key} />,
  expires: key => <ExpiresCell keyView={key} />,
  'last-four': key => <span className="mono">{lastFourOf(key.hint)}</span>,
};
