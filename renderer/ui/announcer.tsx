import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';

const said = { polite: '', assertive: '' };
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function say(how: keyof typeof said, text: string): void {
  // The same words twice are spoken twice only when the text differs.
  said[how] = said[how] === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

/** Says something to screen readers that the screen shows only by a small change. */
export function announce(text: string): void {
  say('polite', text);
}

/** Says at once what is wrong with what was sent off: nothing else is of interest then. */
export function announceMistakes(text: string): void {
  say('assertive', text);
}

/** The live regions behind {@link announce} and {@link announceMistakes}. */
export function Announcer() {
  const polite = useSyncExternalStore(subscribe, () => said.polite);
  const assertive = useSyncExternalStore(subscribe, () => said.assertive);
  return (
    <>
      <VisuallyHidden role="status">{polite}</VisuallyHidden>
      <VisuallyHidden aria-live="assertive" aria-atomic data-mistakes>
        {assertive}
      </VisuallyHidden>
    </>
  );
}
