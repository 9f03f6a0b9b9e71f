import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { FlexRender, type Header } from '@tanstack/react-table';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { KeyView } from '../../preload/contract.ts';
import { Tick } from '../ui/tick.tsx';
import { columnStyle } from './column-style.ts';
import type { keyTableFeatures } from './key-columns.tsx';
import classes from './key-table.module.css';
import type { KeyTableModel } from './use-key-table.ts';

type KeyHeader = Header<typeof keyTableFeatures, KeyView, unknown>;

interface Props {
  readonly table: KeyTableModel;
  readonly selected: 'none' | 'some' | 'all';
  /** Selects all, or none when all are selected. */
  readonly onSelectAll: () => void;
  /** Arrow down goes on to the rows. */
  readonly onLeave: () => void;
}

const STEP = 16;
const DIRECTIONS = { asc: 'ascending', desc: 'descending' } as const;

/**
 * The titles of the columns. One of them is in the tab order; left and right go to the others, Enter sorts,
 * and Shift with left or right makes a column narrower or wider, as dragging its edge does.
 */
export function KeyTableHeader({ table, selected, onSelectAll, onLeave }: Props) {
  const [home, setHome] = useState(1);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const { columnSizing } = table.state;

  function resize(header: KeyHeader, element: HTMLElement, by: number) {
    const { minSize = 48, maxSize = 900 } = header.column.columnDef;
    const size = Math.min(maxSize, Math.max(minSize, element.offsetWidth + by));
    table.setColumnSizing(sizes => ({ ...sizes, [header.column.id]: size }));
  }

  function press(event: KeyboardEvent<HTMLElement>, header: KeyHeader, nth: number) {
    const sideways = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (sideways !== 0 && event.shiftKey) resize(header, event.currentTarget, sideways * STEP);
    else if (sideways !== 0) {
      const cells = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[data-column]');
      cells?.[nth + sideways]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') header.column.getToggleSortingHandler()?.(event);
    else if (event.key === 'ArrowDown') onLeave();
    else return;
    event.preventDefault();
  }

  function drag(event: MouseEvent<HTMLElement>, header: KeyHeader) {
    // From here on the column has its own width, which starts as what it has now.
    const cell = event.currentTarget.parentElement;
    if (cell) resize(header, cell, 0);
    header.getResizeHandler()(event);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: see the rows
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see the rows */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells have the focus */}
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {/* biome-ignore lint/a11y/useSemanticElements: see the rows */}
        <div role="columnheader" aria-colindex={1} className={classes.headTick} tabIndex={-1}>
          <Tick
            label="Select all keys"
            checked={selected === 'all'}
            indeterminate={selected === 'some'}
            onTick={onSelectAll}
          />
        </div>
        {headers.map((header, nth) => {
          const sorted = header.column.getIsSorted();
          const canSort = header.column.getCanSort();
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the rows
            <div
              key={header.id}
              role="columnheader"
              aria-colindex={nth + 2}
              aria-sort={sorted ? DIRECTIONS[sorted] : canSort ? 'none' : undefined}
              tabIndex={nth === Math.min(home, headers.length - 1) ? 0 : -1}
              className={classes.headCell}
              data-column={header.column.id}
              data-sortable={canSort || undefined}
              style={columnStyle(header.column.id, columnSizing[header.column.id])}
              onFocus={() => setHome(nth)}
              onClick={header.column.getToggleSortingHandler()}
              onKeyDown={event => press(event, header, nth)}
            >
              <span className={classes.headText} title={String(header.column.columnDef.header)}>
                <FlexRender header={header} />
              </span>
              {sorted === 'asc' && <IconArrowUp size={12} aria-hidden />}
              {sorted === 'desc' && <IconArrowDown size={12} aria-hidden />}
              <span
                aria-hidden
                className={classes.edge}
                data-dragged={header.column.getIsResizing() || undefined}
                onClick={event => event.stopPropagation()}
                onMouseDown={event => drag(event, header)}
                onDoubleClick={() => header.column.resetSize()}
              />
            </div>
          );
        })}
        {/* biome-ignore lint/a11y/useSemanticElements: see the rows */}
        <div
          role="columnheader"
          aria-colindex={headers.length + 2}
          className={classes.headActions}
          tabIndex={-1}
        >
          <span className="unseen">Actions</span>
        </div>
      </div>
    </div>
  );
}
