import { type RefObject, useEffect, useRef } from 'react';

/** For a button that is disabled while it works, and so loses the focus: it gets it back, unless something else has it. */
export function useFocusAfterWork(working: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !working && document.activeElement === document.body)
      button.current?.focus({ preventScroll: true });
    was.current = working;
  }, [working]);
  return button;
}
