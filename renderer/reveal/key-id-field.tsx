import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../ui/announcer.tsx';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import classes from './reveal.module.css';

/** The key ID with its copy button. It is no secret, so nothing clears it from the clipboard. */
export function KeyIdField({ handle, keyId }: { handle: string; keyId: string }) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await call(window.keysmith.reveal.copy({ handle, what: 'key-id' }));
      setCopied(true);
      announce('The key ID was copied.');
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  return (
    <section aria-label="Key ID">
      <h3 className={classes.label}>Key ID</h3>
      <div className={classes.field}>
        <span className={classes.text}>{keyId}</span>
        <Button variant="default" onClick={copy} onBlur={() => setCopied(false)}>
          {copied ? 'Copied' : 'Copy'}
          <VisuallyHidden>&nbsp;key ID</VisuallyHidden>
        </Button>
      </div>
    </section>
  );
}
