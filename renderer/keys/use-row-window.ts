import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type RowSpan, rowsAround, spanInView } from './row-window.ts';
import { type Extent, followScroll, placeAt, type ScrollPlace, scrolledHeight } from './scroll-scale.ts';

interface Options {
  /** The frame that is scrolled; null until it is in the page. */
  readonly scroller: HTMLElement | null;
  readonly total: number;
  readonly rowHeight: number;
  /** What stays above the rows in the frame. */
  readonly headHeight: number;
  /** The row that has or would get the focus: it stays in the page, or scrolling would lose the focus. */
  readonly home: number;
  /** Told which rows are in view, unless the list passes by too fast to read. */
  readonly onWanted: (span: RowSpan) => void;
}

export interface RowWindow {
  /** The rows to render. */
  readonly rows: readonly number[];
  /** How high the element around the rows is. */
  readonly height: number;
  /** How far up rows stand from their place in the whole list: it may be higher than an element can be. */
  readonly shift: number;
  /** Brings a row into view, by the shortest way. */
  readonly reveal: (row: number) => void;
}

interface Shown extends RowSpan {
  readonly shift: number;
}

/** A move by more rows than this is a jump: none of the rows around are there yet. */
const JUMP = 100;
/** Milliseconds without a jump until the list has come to rest. */
const REST = 80;

const TOP: ScrollPlace = { offset: 0, scrollTop: 0 };

/** Which rows of a list of any length exist. All rows are equally high, so a place is a matter of arithmetic. */
export function useRowWindow({ scroller, total, rowHeight, headHeight, home, onWanted }: Options): RowWindow {
  const place = useRef(TOP);
  const [view, setView] = useState(0);
  const [shown, setShown] = useState<Shown>({ first: 0, last: 0, shift: 0 });
  const extent: Extent = { height: total * rowHeight, view };
  const passing = useRef<ReturnType<typeof setTimeout>>(undefined);

  const rest = useEffectEvent(() => {
    passing.current = undefined;
    onWanted(spanInView(place.current.offset, view, rowHeight, total));
  });
  useEffect(() => () => clearTimeout(passing.current), []);

  /** A jump's rows are wanted at once. Of jump after jump, as the thumb makes them, only those where it rests. */
  function want(span: RowSpan) {
    const isPassing = passing.current !== undefined;
    if (!isPassing) onWanted(span);
    if (Math.abs(span.first - shown.first) <= JUMP) return;
    clearTimeout(passing.current);
    passing.current = setTimeout(() => rest(), REST);
  }

  /** Renders anew only when other rows are in view, or the same ones stand elsewhere. */
  function show(next: ScrollPlace, render: (work: () => void) => void) {
    place.current = next;
    const span = spanInView(next.offset, view, rowHeight, total);
    const shift = next.offset - next.scrollTop;
    if (span.first === shown.first && span.last === shown.last && shift === shown.shift) return;
    render(() => {
      setShown({ ...span, shift });
      want(span);
    });
  }

  function move(next: ScrollPlace, render: (work: () => void) => void) {
    show(next, render);
    if (scroller && scroller.scrollTop !== next.scrollTop) {
      scroller.scrollTop = next.scrollTop;
      // Browsers round: what they made of it is where the next move starts from.
      place.current = { ...next, scrollTop: scroller.scrollTop };
    }
  }

  const scrolled = useEffectEvent(() => {
    const { scrollTop } = scroller ?? TOP;
    if (scrollTop === place.current.scrollTop) return;
    const next = followScroll(place.current, scrollTop, extent);
    // Rendered before the frame is painted: otherwise it would show the rows of the frame before.
    if (next.scrollTop === scrollTop) show(next, flushSync);
    else move(next, flushSync);
  });

  useLayoutEffect(() => {
    if (!scroller) return;
    const measure = () => setView(Math.max(0, scroller.clientHeight - headHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    const listener = () => scrolled();
    scroller.addEventListener('scroll', listener, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', listener);
    };
  }, [scroller, headHeight]);

  // A list that became longer or shorter, or a frame of another size, stays at its place as far as there is one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever else changes moves nothing
  useLayoutEffect(() => {
    move(placeAt(place.current.offset, extent), work => work());
  }, [extent.height, view]);

  function reveal(row: number) {
    const top = row * rowHeight;
    const { offset } = place.current;
    if (top >= offset && top + rowHeight <= offset + view) return;
    move(placeAt(top < offset ? top : top + rowHeight - view, extent), flushSync);
  }

  const { first, last, shift } = shown;
  const rows = useMemo(() => rowsAround({ first, last }, total, home), [first, last, total, home]);
  return { rows, height: scrolledHeight(extent), shift, reveal };
}
