import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { KeyView } from '../../preload/contract.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { Tag } from '../ui/tag.tsx';
import { CreatedCell } from './cells/created-cell.tsx';
import { ExpiresCell } from './cells/expires-cell.tsx';
import { KeyIdText } from './cells/key-id-text.tsx';
import { KindWord } from './cells/kind-word.tsx';
import { PermissionTags } from './cells/permission-tags.tsx';
import { lastFourOf } from './last-four.ts';
import { needsSaving } from './needs-saving.ts';

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

/** A column of the key table whose cell needs the key. */
function keyColumn(id: string, header: string, cell: (key: KeyView) => React.ReactNode, sortable = false) {
  return column.accessor(({ key }) => key?.id, {
    id,
    header,
    enableSorting: sortable,
    sortDescFirst: false,
    minSize: 48,
    maxSize: 900,
    cell: ({ row }) => (row.original.key ? cell(row.original.key) : null),
  });
}

export const keyColumns = column.columns([
  keyColumn('status', 'Status', key => (
    <>
      <StatusDot status={key.status} />
      {key.tampered && (
        <Tag tone="bad" title="Changed outside Keysmith: do not believe what this row says">
          Tampered
        </Tag>
      )}
      {!key.tampered && needsSaving(key) && (
        <Tag tone="warn" title="Nobody confirmed that the secret was kept">
          Not saved
        </Tag>
      )}
    </>
  )),
  keyColumn('name', 'Name', key => <span title={key.name}>{key.name}</span>, true),
  keyColumn('id', 'Key ID', key => <KeyIdText id={key.id} />),
  keyColumn('kind', 'Kind', key => <KindWord kind={key.kind} />),
  keyColumn('permissions', 'Permissions', key => <PermissionTags keyView={key} />),
  keyColumn('created', 'Created', key => <CreatedCell keyView={key} />, true),
  keyColumn('expires', 'Expires', key => <ExpiresCell keyView={key} />, true),
  keyColumn('last-four', 'Last four', key => <span className="mono">{lastFourOf(key.hint)}</span>),
]);
