import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { Reveal } from '../../preload/contract.ts';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import { CopySecret } from './copy-secret.tsx';
import classes from './reveal.module.css';
import { SecretText } from './secret-text.tsx';
import { secretWord } from './secret-word.ts';

/**
 * The secret, masked until *Show* is pressed.
 * SECURITY: its text is nowhere but in this component's state, and only while it is shown.
 */
export function SecretField({ reveal }: { reveal: Reveal }) {
  const { handle, key } = reveal;
  const word = secretWord(key);
  const label = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  const [token, setToken] = useState<string | null>(null);

  async function show() {
    try {
      const shown = await call(window.keysmith.reveal.show({ handle }));
      setToken(shown.token);
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  return (
    <section aria-label={label}>
      <h3 className={classes.label}>{label}</h3>
      <div className={classes.field} data-long={key.format === 'jwt' || undefined}>
        <SecretText reveal={reveal} token={token} />
        <Button variant="default" onClick={token === null ? show : () => setToken(null)}>
          {token === null ? 'Show' : 'Hide'}
          <VisuallyHidden>&nbsp;{word}</VisuallyHidden>
        </Button>
        <CopySecret handle={handle} word={word} />
      </div>
    </section>
  );
}
