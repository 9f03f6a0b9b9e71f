import { useCallbackRef } from '@mantine/hooks';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { KeyCount, KeyView, ServiceView } from '../../preload/contract.ts';
import { ColumnMenu } from './column-menu.tsx';
import { tableWidths } from './column-style.ts';
import type { KeyPlace } from './key-columns.tsx';
import type { KeyRequest } from './key-request.ts';
import { HEAD_HEIGHT, KeyRow, type Pick, ROW_HEIGHT, type RowLayout } from './key-row.tsx';
import classes from './key-table.module.css';
import { KeyTableHeader } from './key-table-header.tsx';
import type { ListSort, ListView } from './list-view.ts';
import { nextRow } from './next-row.ts';
import { TitlesContext } from './titles-context.ts';
import { useGrantsWord } from './use-grants-word.ts';
import { useKeyTable } from './use-key-table.ts';
import { useListLength } from './use-list-length.ts';
import { usePages } from './use-pages.ts';
import { useRowWindow } from './use-row-window.ts';
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
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const { length: total, grow } = useListLength(view, count);
  const home = Math.min(active, Math.max(0, total - 1));
  const { span, rows, height, shift, reveal } = useRowWindow({
    scroller,
    total,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    home,
  });
  const pages = usePages(view, span, total);
  grow(pages);
  const { keyAt } = pages;
  const places = useMemo<KeyPlace[]>(() => rows.map(index => ({ index, key: keyAt(index) })), [rows, keyAt]);
  const { titles, severalKinds } = useServicesInView(
    // In one order, whichever comes first: another order would render every row anew.
    [...new Set(places.flatMap(({ key }) => (key ? [key.service] : [])))].sort(),
    services,
  );
  const grants = useGrantsWord(view.service, services);
  const severalServices = view.service === null && services.length > 1;
  const table = useKeyTable({ places, sort: view.sort, severalKinds, severalServices, grants, onSort });

  const { columnSizing: sizing, columnVisibility: visibility } = table.state;
  const layout = useMemo<RowLayout>(() => ({ sizing, visibility }), [sizing, visibility]);

  const pick = useCallbackRef((index: number, key: KeyView, how: Pick) => {
    if (how === 'range') void selection.extendTo(view, index, home);
    else if (how === 'toggle') selection.toggle({ index, id: key.id });
    else selection.select(key.id, index);
  });

  const act = useCallbackRef(onRequest);

  function moveTo(index: number, how: 'look' | 'extend' | 'leave' = 'look') {
    flushSync(() => setActive(index));
    reveal(index);
    scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true });
    const key = keyAt(index);
    if (how === 'extend') void selection.extendTo(view, index, home);
    else if (how === 'look' && selection.only !== null && key) selection.select(key.id, index);
  }

  function press(event: KeyboardEvent) {
    const { target, key, shiftKey, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (command && !shiftKey && !altKey && key.toLowerCase() === 'a') {
      event.preventDefault();
      void selection.selectAll();
      return;
    }
    if (!(target instanceof HTMLElement) || target.dataset.row === undefined) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const next = nextRow(key, home, page, total);
    if (next === undefined || altKey) return;
    event.preventDefault();
    moveTo(next, shiftKey ? 'extend' : command ? 'leave' : 'look');
  }

  return (
    <TitlesContext value={titles}>
      <div className={classes.frame}>
        <ColumnMenu table={table} offersService={severalServices} />
        {/* biome-ignore lint/a11y/useSemanticElements: rows that are placed by number cannot be a table element */}
        <div
          ref={scroller}
          role="grid"
          aria-label="Keys"
          aria-multiselectable
          aria-rowcount={count.isMore ? -1 : total + 1}
          aria-colcount={table.getVisibleLeafColumns().length + 2}
          className={classes.grid}
          style={tableWidths(
            table.getVisibleLeafColumns().map(({ id }) => id),
            sizing,
            grants,
          )}
          onKeyDown={press}
        >
          <KeyTableHeader
            table={table}
            selected={selection.ids.size === 0 ? 'none' : selection.ids.size < total ? 'some' : 'all'}
            onSelectAll={() => (selection.ids.size < total ? void selection.selectAll() : selection.clear())}
            onLeave={() => moveTo(home)}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
          <div role="rowgroup" className={classes.body} style={{ height }}>
            {table.getRowModel().rows.map(row => (
              <KeyRow
                key={row.id}
                row={row}
                selected={row.original.key !== undefined && selection.ids.has(row.original.key.id)}
                home={row.original.index === home}
                top={row.original.index * ROW_HEIGHT - shift}
                layout={layout}
                onActive={setActive}
                onPick={pick}
                onRequest={act}
                onMenu={onMenu}
              />
            ))}
          </div>
        </div>
      </div>
    </TitlesContext>
  );
}
