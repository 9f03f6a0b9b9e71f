import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';

let message = '';
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Says something to screen readers that the screen shows only by a small change. */
export function announce(text: string): void {
  // The same words twice are spoken twice only when the text differs.
  message = message === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

/** The live region behind {@link announce}. */
export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => message);
  return <VisuallyHidden role="status">{text}</VisuallyHidden>;
}
