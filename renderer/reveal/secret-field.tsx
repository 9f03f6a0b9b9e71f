import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { Reveal } from '../../preload/contract.ts';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import { CopySecret } from './copy-secret.tsx';
import classes from './reveal.module.css';

/**
 * The secret, masked until *Show* is pressed.
 * SECURITY: its text is nowhere but in this component's state, and only while it is shown.
 */
export function SecretField({ reveal }: { reveal: Reveal }) {
  const { handle, key, length } = reveal;
  const [token, setToken] = useState<string | null>(null);
  const [open = ''] = key.hint.split('…');

  async function show() {
    try {
      const shown = await call(window.keysmith.reveal.show({ handle }));
      setToken(shown.token);
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  return (
    <section aria-label="Secret">
      <h3 className={classes.label}>Secret</h3>
      <div className={classes.field}>
        {token === null ? (
          <span className={classes.text}>
            {open}
            <span aria-hidden>{'•'.repeat(Math.max(0, length - open.length))}</span>
            <VisuallyHidden>, the rest is hidden</VisuallyHidden>
          </span>
        ) : (
          <span className={classes.text} data-testid="secret-text">
            {token}
          </span>
        )}
        <Button variant="default" onClick={token === null ? show : () => setToken(null)}>
          {token === null ? 'Show' : 'Hide'}
          <VisuallyHidden>&nbsp;secret</VisuallyHidden>
        </Button>
        <CopySecret handle={handle} />
      </div>
    </section>
  );
}
