import { Button, Loader } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { nextRow } from '../keys/next-row.ts';
import { formatCount } from '../ui/dates.ts';
import { useDelayed } from '../ui/use-delayed.ts';
import { useNow } from '../ui/use-now.ts';
import classes from './audit.module.css';
import { AuditRow } from './audit-row.tsx';
import { rowsAround } from './rows-around.ts';
import type { AuditLog } from './use-audit-log.ts';

const ROW_HEIGHT = 34;
/** So many rows before the end, the next page is asked for. */
const AHEAD = 40;

interface Props {
  readonly log: AuditLog;
  /** True when the log shows one key's entries alone. */
  readonly oneSubject: boolean;
  /** Whether the list stands at its beginning, as it last told. */
  readonly atTop: boolean;
  readonly onAtTop: (atTop: boolean) => void;
  readonly onShowKey: (key: string) => void;
  readonly onSubject: (id: string) => void;
}

/** The entries. Only the rows in view exist; older ones are read as one scrolls. */
export function AuditList(props: Props) {
  const { log, oneSubject, atTop, onAtTop, onShowKey, onSubject } = props;
  const { entries, more, lookingAt, readMore } = log;
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [active, setActive] = useState(0);
  const now = useNow();
  const looking = useDelayed(lookingAt !== null);
  const home = Math.min(active, Math.max(0, entries.length - 1));
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: index => entries[index]?.seq ?? index,
    overscan: 12,
    scrollPaddingStart: 31,
    // The row that has the focus stays in the page, or scrolling would lose the focus.
    rangeExtractor: useCallback((range: Range) => rowsAround(range, home), [home]),
  });
  const last = virtualizer.range?.endIndex ?? 0;
  const wanted = more && last + AHEAD >= entries.length;
  const read = useEffectEvent(readMore);
  // After each page anew: one may have brought nothing that matches.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read last decides whether to read on
  useEffect(() => {
    if (wanted) read();
  }, [wanted, lookingAt, entries]);

  // Another list begins at its top, wherever the one before stood.
  const begin = useEffectEvent(() => onAtTop((scroller.current?.scrollTop ?? 0) < ROW_HEIGHT));
  useEffect(() => begin(), []);

  function showNewer() {
    flushSync(() => setActive(0));
    scroller.current?.scrollTo({ top: 0 });
    // The button goes, and must not take the focus with it.
    scroller.current?.querySelector<HTMLElement>('[data-row="0"]')?.focus({ preventScroll: true });
    log.showNewer();
  }

  const toggle = useCallbackRef((seq: number) => {
    const next = new Set(open);
    if (!next.delete(seq)) next.add(seq);
    setOpen(next);
  });
  const showKey = useCallbackRef(onShowKey);
  const onlySubject = useCallbackRef(onSubject);

  function press(event: KeyboardEvent) {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    if (!(target instanceof HTMLElement) || target.dataset.row === undefined) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const index = nextRow(key, Number(target.dataset.row), page, entries.length);
    if (index === undefined || ctrlKey || metaKey || altKey) return;
    event.preventDefault();
    flushSync(() => setActive(index));
    virtualizer.scrollToIndex(index, { align: 'auto' });
    scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true });
  }

  return (
    <>
      {log.newer && !atTop && (
        <Button className={classes.newer ?? ''} size="compact-xs" onClick={showNewer}>
          Show newer entries
        </Button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its rows are buttons; the arrow keys go from one to the next */}
      <div
        ref={scroller}
        className={classes.scroller}
        onScroll={event => onAtTop(event.currentTarget.scrollTop < ROW_HEIGHT)}
        onKeyDown={press}
      >
        <div className={classes.header} aria-hidden>
          <span />
          <span>Time</span>
          <span>By</span>
          <span>What</span>
          <span>Subject</span>
        </div>
        <ul className={classes.list} aria-label="Entries" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const entry = entries[index];
            if (!entry) return null;
            return (
              <AuditRow
                key={key}
                entry={entry}
                index={index}
                start={start}
                open={open.has(entry.seq)}
                home={index === home}
                now={now}
                oneSubject={oneSubject}
                measure={virtualizer.measureElement}
                onToggle={toggle}
                onActive={setActive}
                onShowKey={showKey}
                onSubject={onlySubject}
              />
            );
          })}
        </ul>
        {more && looking && (
          <p className={classes.looking} role="status">
            <Loader size={12} aria-hidden />
            {lookingAt === null ? 'Reading on' : `Looking through entry ${formatCount(lookingAt)} and older`}
          </p>
        )}
      </div>
    </>
  );
}
