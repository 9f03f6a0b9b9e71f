import { useEffect, useEffectEvent } from 'react';

/** The dialogs that are open, the uppermost last. */
const open: symbol[] = [];
/** A dialog that closes uncovers another one, which must not take the same key press. */
const taken = new WeakSet<KeyboardEvent>();

/** Whether a dialog is open: what lies beside it must not open another one in its place. */
export function isDialogOpen(): boolean {
  return open.length > 0;
}

/** Hears Escape while the dialog is the uppermost one: a question above a form is answered by itself. */
export function useTopEscape(onEscape: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent, dialog: symbol) => {
    if (event.key !== 'Escape' || event.isComposing || taken.has(event) || open.at(-1) !== dialog) return;
    // What is within the dialog and closes first, such as a calendar, marks itself so.
    const { target } = event;
    if (target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true') return;
    taken.add(event);
    onEscape();
  });
  useEffect(() => {
    const dialog = Symbol('dialog');
    const listen = (event: KeyboardEvent) => press(event, dialog);
    open.push(dialog);
    window.addEventListener('keydown', listen, { capture: true });
    return () => {
      open.splice(open.indexOf(dialog), 1);
      window.removeEventListener('keydown', listen, { capture: true });
    };
  }, []);
}
