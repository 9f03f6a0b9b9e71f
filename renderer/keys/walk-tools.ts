import type { KeyboardEvent } from 'react';

/** Moves the focus between the buttons of a toolbar, as its role promises. */
export function walkTools(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:enabled')];
  const here = event.target instanceof HTMLElement ? buttons.indexOf(event.target) : -1;
  const last = buttons.length - 1;
  const places: Readonly<Record<string, number>> = {
    ArrowRight: Math.min(last, here + 1),
    ArrowLeft: Math.max(0, here - 1),
    Home: 0,
    End: last,
  };
  const next = places[event.key];
  if (here < 0 || next === undefined) return;
  event.preventDefault();
  buttons[next]?.focus();
}
