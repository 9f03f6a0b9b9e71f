import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { KeyCount, KeyView, ServiceView } from '../../preload/contract.ts';
import { ColumnMenu } from './column-menu.tsx';
import { columnStyle, tableWidths } from './column-style.ts';
import { KEY_CELLS } from './key-columns.tsx';
import type { KeyRequest } from './key-request.ts';
import type { RowColumn } from './key-row.tsx';
import { KeyRows, type KeyRowsHandle } from './key-rows.tsx';
import classes from './key-table.module.css';
import { KeyTableHeader } from './key-table-header.tsx';
import type { ListSort, ListView } from './list-view.ts';
import { wholePages } from './pages-around.ts';
import type { RowSpan } from './row-window.ts';
import { TitlesContext } from './titles-context.ts';
import { useGrantsWord } from './use-grants-word.ts';
import { useKeyTable } from './use-key-table.ts';
import { useListLength } from './use-list-length.ts';
import { usePages } from './use-pages.ts';
import type { Selection } from './use-selection.ts';
import { useServicesInView } from './use-services-in-view.ts';

interface Props {
  readonly view: ListView;
  readonly count: KeyCount;
  readonly services: readonly ServiceView[];
  readonly selection: Selection;
  readonly onSort: (sort: ListSort) => void;
  readonly onRequest: (request: KeyRequest) => void;
  /** Opens the menu of a key at a point of the window; `origin` gets the focus back. */
  readonly onMenu: (key: KeyView, at: { x: number; y: number }, origin: HTMLElement) => void;
}

/** The list of keys. Only the rows in view exist; their keys come by pages, whatever the length of the list. */
export function KeyTable({ view, count, services, selection, onSort, onRequest, onMenu }: Props) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const rows = useRef<KeyRowsHandle>(null);
  const [wanted, setWanted] = useState<RowSpan>({ first: 0, last: 0 });
  const { length: total, grow } = useListLength(view, count);
  const pages = usePages(view, wanted, total);
  grow(pages);
  const { titles, severalKinds } = useServicesInView(pages.services, services);
  const grants = useGrantsWord(view.service, services);
  const severalServices = view.service === null && services.length > 1;
  const table = useKeyTable({ sort: view.sort, severalKinds, severalServices, grants, onSort });

  const { columnSizing: sizing } = table.state;
  const ids = table.getVisibleLeafColumns().map(({ id }) => id);
  const shownIds = ids.join(' ');
  const columns = useMemo(
    () =>
      shownIds.split(' ').map(
        (id): RowColumn => ({
          id,
          style: columnStyle(id, sizing[id]),
          cell: KEY_CELLS[id] ?? (() => null),
        }),
      ),
    [shownIds, sizing],
  );

  // Called for each row that scrolls into view, and seldom anything new.
  function want(span: RowSpan) {
    const next = wholePages(span, wanted);
    if (next !== wanted) setWanted(next);
  }

  function press(event: KeyboardEvent) {
    const command = event.ctrlKey || event.metaKey;
    if (!command || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'a') return;
    event.preventDefault();
    void selection.selectAll();
  }

  return (
    <TitlesContext value={titles}>
      <div className={classes.frame}>
        <ColumnMenu table={table} offersService={severalServices} />
        {/* biome-ignore lint/a11y/useSemanticElements: rows that are placed by number cannot be a table element */}
        <div
          ref={setScroller}
          role="grid"
          aria-label="Keys"
          aria-multiselectable
          aria-rowcount={count.isMore ? -1 : total + 1}
          aria-colcount={ids.length + 2}
          className={classes.grid}
          style={tableWidths(ids, sizing, grants)}
          onKeyDown={press}
        >
          <KeyTableHeader
            table={table}
            selected={selection.ids.size === 0 ? 'none' : selection.ids.size < total ? 'some' : 'all'}
            onSelectAll={() => (selection.ids.size < total ? void selection.selectAll() : selection.clear())}
            onLeave={() => rows.current?.enter()}
          />
          <KeyRows
            ref={rows}
            scroller={scroller}
            view={view}
            total={total}
            columns={columns}
            keyAt={pages.keyAt}
            selection={selection}
            onWanted={want}
            onRequest={onRequest}
            onMenu={onMenu}
          />
        </div>
      </div>
    </TitlesContext>
  );
}
