import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../ui/announcer.tsx';
import { useAppEvent } from '../ui/use-app-event.ts';
import { useNow } from '../ui/use-now.ts';

interface Props {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly clearsAt: number;
  readonly onCleared: () => void;
}

/** What stands in the notification after a token was copied: how long the clipboard still holds it. */
export function CopiedToken({ name, clearsAt, onCleared }: Props) {
  const now = useNow(250);
  // Said once to those who hear the notification; the countdown is for the eye.
  const [atFirst] = useState(() => secondsLeft(clearsAt));
  useAppEvent('clipboard-cleared', () => {
    announce('The clipboard no longer holds the key.');
    onCleared();
  });
  return (
    <>
      The key {name} was copied.{' '}
      <span aria-hidden>The clipboard is cleared in {secondsLeft(clearsAt, now)} s.</span>
      <VisuallyHidden>The clipboard is cleared in {atFirst} seconds.</VisuallyHidden>
    </>
  );
}

function secondsLeft(clearsAt: number, now = Date.now()): number {
  return Math.max(0, Math.ceil((clearsAt - now) / 1000));
}
