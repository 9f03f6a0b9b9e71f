import { useCallbackRef } from '@mantine/hooks';
import { type KeyboardEvent, type Ref, useImperativeHandle, useState } from 'react';
import { flushSync } from 'react-dom';
import type { KeyView } from '../../preload/contract.ts';
import type { KeyRequest } from './key-request.ts';
import { HEAD_HEIGHT, KeyRow, type Pick, ROW_HEIGHT, type RowColumn } from './key-row.tsx';
import classes from './key-table.module.css';
import type { ListView } from './list-view.ts';
import { nextRow } from './next-row.ts';
import type { RowSpan } from './row-window.ts';
import type { Pages } from './use-pages.ts';
import { useRowSlots } from './use-row-slots.ts';
import { useRowWindow } from './use-row-window.ts';
import type { Selection } from './use-selection.ts';

export interface KeyRowsHandle {
  /** Gives the focus to the row that has it in turn. */
  readonly enter: () => void;
}

interface Props {
  readonly ref: Ref<KeyRowsHandle>;
  /** The frame that is scrolled; null until it is in the page. */
  readonly scroller: HTMLElement | null;
  readonly view: ListView;
  readonly total: number;
  readonly columns: readonly RowColumn[];
  readonly keyAt: Pages['keyAt'];
  readonly selection: Selection;
  /** Told which rows are wanted as others come into view. */
  readonly onWanted: (span: RowSpan) => void;
  readonly onRequest: (request: KeyRequest) => void;
  readonly onMenu: (key: KeyView, at: { x: number; y: number }, origin: HTMLElement) => void;
}

/** The rows in view. Scrolling renders them alone: pages and columns, which change seldom, are known above. */
export function KeyRows(props: Props) {
  const { ref, scroller, view, total, columns, keyAt, selection, onWanted, onRequest, onMenu } = props;
  const [active, setActive] = useState(0);
  const home = Math.min(active, Math.max(0, total - 1));
  const { rows, height, shift, reveal } = useRowWindow({
    scroller,
    total,
    rowHeight: ROW_HEIGHT,
    headHeight: HEAD_HEIGHT,
    home,
    onWanted,
  });
  const slots = useRowSlots(rows);

  const pick = useCallbackRef((index: number, key: KeyView, how: Pick) => {
    if (how === 'range') void selection.extendTo(view, index, home);
    else if (how === 'toggle') selection.toggle({ index, id: key.id });
    else selection.select(key.id, index);
  });
  const act = useCallbackRef(onRequest);
  const openMenu = useCallbackRef(onMenu);

  function moveTo(index: number, how: 'look' | 'extend' | 'leave' = 'look') {
    flushSync(() => setActive(index));
    reveal(index);
    scroller?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true });
    const key = keyAt(index);
    if (how === 'extend') void selection.extendTo(view, index, home);
    else if (how === 'look' && selection.only !== null && key) selection.select(key.id, index);
  }
  useImperativeHandle(ref, () => ({ enter: () => moveTo(home) }));

  function press(event: KeyboardEvent) {
    const { target, key, shiftKey, altKey } = event;
    if (!(target instanceof HTMLElement) || target.dataset.row === undefined) return;
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const next = nextRow(key, home, page, total);
    if (next === undefined || altKey) return;
    event.preventDefault();
    moveTo(next, shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'leave' : 'look');
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are placed by number cannot be a table element
    <div role="rowgroup" className={classes.body} style={{ height }} onKeyDown={press}>
      {rows.map(index => {
        const key = keyAt(index);
        return (
          <KeyRow
            key={slots.get(index)}
            index={index}
            keyView={key}
            selected={key !== undefined && selection.ids.has(key.id)}
            home={index === home}
            top={index * ROW_HEIGHT - shift}
            columns={columns}
            onActive={setActive}
            onPick={pick}
            onRequest={act}
            onMenu={openMenu}
          />
        );
      })}
    </div>
  );
}
