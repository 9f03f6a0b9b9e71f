import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ExportProgress } from '../exchange/export-progress.tsx';
import type { ExportRun } from '../exchange/use-export.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import classes from './audit.module.css';

interface Props<T> {
  readonly title: string;
  readonly run: ExportRun<T>;
  readonly cancelled: string;
  readonly words: (done: number, total: number) => string;
  readonly children: (what: T) => ReactNode;
}

/** How far something is that takes long, and what came of it; nothing while neither is to be told. */
export function OutcomeCard<T>({ title, run, cancelled, words, children }: Props<T>) {
  const { working, progress, end, problem } = run;
  const told = problem ?? end;
  const [dismissed, setDismissed] = useState<unknown>(null);
  if (working) {
    if (!progress) return null;
    return (
      <section className={classes.card} aria-label={title}>
        <div className={classes.progress}>
          <ExportProgress
            progress={progress}
            label={`${title} progress`}
            words={words}
            onCancel={run.cancel}
          />
        </div>
      </section>
    );
  }
  if (told === null || told === dismissed) return null;
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.outcome}>
        <ProblemAlert problem={problem} />
        {!problem && end?.kind === 'cancelled' && <p className={classes.dim}>{cancelled}</p>}
        {!problem && end?.kind === 'written' && children(end.what)}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={`Close ${title.toLowerCase()}`}
        onClick={() => setDismissed(told)}
      >
        <IconX size={16} />
      </ActionIcon>
    </section>
  );
}
