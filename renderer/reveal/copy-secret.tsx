import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../ui/announcer.tsx';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import { useAppEvent } from '../ui/use-app-event.ts';
import { useNow } from '../ui/use-now.ts';
import classes from './reveal.module.css';

/** Has main copy the secret, then counts down to the moment when main clears the clipboard. */
export function CopySecret({ handle, word }: { handle: string; word: 'token' | 'secret' }) {
  const [clearsAt, setClearsAt] = useState<number | null>(null);
  const now = useNow(clearsAt === null ? null : 250);
  const left = clearsAt === null ? 0 : Math.max(0, Math.ceil((clearsAt - now) / 1000));

  useAppEvent('clipboard-cleared', () => {
    if (clearsAt === null) return;
    setClearsAt(null);
    announce(`The clipboard no longer holds the ${word}.`);
  });

  async function copy() {
    try {
      const copied = await call(window.keysmith.reveal.copy({ handle, what: 'token' }));
      setClearsAt(copied.clearsAt);
      const seconds = copied.clearsAt === null ? null : Math.round((copied.clearsAt - Date.now()) / 1000);
      announce(
        `The ${word} was copied.${seconds === null ? '' : ` The clipboard is cleared in ${seconds} seconds.`}`,
      );
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  return (
    <Button variant="default" onClick={copy} className={classes.copy ?? ''}>
      {clearsAt !== null && left > 0 ? `Copied · ${left} s` : 'Copy'}
      <VisuallyHidden>&nbsp;{word}</VisuallyHidden>
    </Button>
  );
}
