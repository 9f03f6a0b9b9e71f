import { type CSSProperties, type KeyboardEvent, type MouseEvent, memo, type ReactNode } from 'react';
import type { KeyView } from '../../preload/contract.ts';
import { KeyCells } from './key-cells.tsx';
import type { KeyRequest } from './key-request.ts';
import classes from './key-table.module.css';

export const ROW_HEIGHT = 36;
/** The header, which stays above the rows. */
export const HEAD_HEIGHT = 30;

/** A column as its cells need it. */
export interface RowColumn {
  readonly id: string;
  readonly style: CSSProperties;
  readonly cell: (key: KeyView) => ReactNode;
}

/** How a row joins the selection: alone, beside the others, or with all rows up to it. */
export type Pick = 'only' | 'toggle' | 'range';

interface Props {
  /** Its place in the list. */
  readonly index: number;
  /** Undefined until its page has arrived. */
  readonly keyView: KeyView | undefined;
  readonly selected: boolean;
  /** True for the one row that Tab reaches. */
  readonly home: boolean;
  /** Where it stands, in pixels from the first row. */
  readonly top: number;
  /** Which columns there are: the same array until one of them changes. */
  readonly columns: readonly RowColumn[];
  readonly onActive: (index: number) => void;
  readonly onPick: (index: number, key: KeyView, how: Pick) => void;
  readonly onRequest: (request: KeyRequest) => void;
  readonly onMenu: (key: KeyView, at: { x: number; y: number }, origin: HTMLElement) => void;
}

/**
 * One key of the list, or its placeholder until its page has arrived. Whatever changes in a row as the list passes by is
 * paid for dozens of times a frame.
 */
export const KeyRow = memo(function KeyRow(props: Props) {
  const { index, keyView: key, selected, home, top, columns, onActive, onPick, onRequest, onMenu } = props;

  function press(event: KeyboardEvent<HTMLDivElement>) {
    if (!key || event.target !== event.currentTarget) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onPick(index, key, event.key === 'Enter' ? 'only' : event.shiftKey ? 'range' : 'toggle');
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const box = event.currentTarget.getBoundingClientRect();
      onMenu(key, { x: box.left + 24, y: box.bottom - 4 }, event.currentTarget);
    }
  }

  function click(event: MouseEvent) {
    if (key)
      onPick(index, key, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only');
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are placed by number cannot be a table element
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={key === undefined || undefined}
      tabIndex={home ? 0 : -1}
      data-row={index}
      data-key={key?.id}
      data-focus-home={home || undefined}
      className={classes.row}
      style={{ top }}
      onFocus={() => onActive(index)}
      onMouseDown={event => {
        if (!event.shiftKey) return;
        // With Shift the browser would select the text between the two rows.
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
      }}
      onClick={click}
      onKeyDown={press}
      onContextMenu={event => {
        event.preventDefault();
        if (key) onMenu(key, { x: event.clientX, y: event.clientY }, event.currentTarget);
      }}
    >
      {key ? (
        <KeyCells
          columns={columns}
          keyView={key}
          selected={selected}
          home={home}
          onTick={range => onPick(index, key, range ? 'range' : 'toggle')}
          onRequest={onRequest}
          onMenu={onMenu}
        />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: see the row
        // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus, not its cells
        <div role="gridcell" aria-colindex={1} aria-colspan={columns.length + 2} className={classes.waiting}>
          <span className={classes.placeholder} />
        </div>
      )}
    </div>
  );
});
