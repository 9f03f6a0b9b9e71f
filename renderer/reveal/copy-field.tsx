import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../ui/announcer.tsx';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import classes from './reveal.module.css';

interface Props {
  readonly handle: string;
  readonly what: 'name' | 'key-id';
  readonly text: string;
}

const WORDS = { name: 'name', 'key-id': 'key ID' } as const;
const LABELS = { name: 'Name', 'key-id': 'Key ID' } as const;

/** What belongs to a secret and is none, with its copy button: nothing clears it from the clipboard. */
export function CopyField({ handle, what, text }: Props) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await call(window.keysmith.reveal.copy({ handle, what }));
      setCopied(true);
      announce(`The ${WORDS[what]} was copied.`);
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  return (
    <section aria-label={LABELS[what]}>
      <h3 className={classes.label}>{LABELS[what]}</h3>
      <div className={classes.field}>
        <span className={classes.text} data-what={what}>
          {text}
        </span>
        <Button variant="default" onClick={copy} onBlur={() => setCopied(false)}>
          {copied ? 'Copied' : 'Copy'}
          <VisuallyHidden>&nbsp;{WORDS[what]}</VisuallyHidden>
        </Button>
      </div>
    </section>
  );
}
