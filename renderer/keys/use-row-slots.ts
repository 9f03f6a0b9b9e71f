import { useLayoutEffect, useMemo, useRef } from 'react';
import { NO_SLOTS, type RowSlots, slotsFor } from './row-slots.ts';

/** The React keys of rows: a row that scrolls into view takes over the element of one that scrolled away. */
export function useRowSlots(rows: readonly number[]): RowSlots {
  const shown = useRef(NO_SLOTS);
  const slots = useMemo(() => slotsFor(rows, shown.current), [rows]);
  useLayoutEffect(() => {
    shown.current = slots;
  }, [slots]);
  return slots;
}
