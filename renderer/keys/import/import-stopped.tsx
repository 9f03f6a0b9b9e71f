import { Button, Text } from '@mantine/core';
import type { ImportEnd } from '../../../preload/contract.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import classes from './import.module.css';
import { endWords } from './import-run.ts';
import { keysWords } from './import-words.ts';
import { resumeImport } from './resume-import.ts';
import { StepHeading } from './step-heading.tsx';

interface Props {
  readonly end: Extract<ImportEnd, { kind: 'stopped' }>;
  /** The service's. */
  readonly title: string;
  readonly onRestart: () => void;
}

/** That it ended before its end, why, and how to go on. */
export function ImportStopped({ end, title, onRestart }: Props) {
  const { left, failure } = end;
  const rest = left.rows - left.done;
  return (
    <section className={classes.card} aria-label="Result">
      <StepHeading>{endWords(end)}</StepHeading>
      <ProblemAlert problem={failure} />
      <dl className={classes.facts}>
        <dt>Service</dt>
        <dd>{title}</dd>
        <dt>File</dt>
        <dd>{left.file}</dd>
        <dt>Secrets</dt>
        <dd className={classes.path}>{left.out}</dd>
      </dl>
      <Text size="sm" maw={720}>
        {left.done === 0
          ? 'No key was issued yet. '
          : left.encrypted
            ? `${keysWords(left.done)} ${left.done === 1 ? 'stays' : 'stay'} issued. Their secrets are kept encrypted beside that place, and become its file when all keys are issued. `
            : `${keysWords(left.done)} ${left.done === 1 ? 'stays' : 'stay'} issued, with their secrets in this file. `}
        {rest === 0
          ? 'Resume finishes what is left to do.'
          : `Resume issues the other ${rest === 1 ? 'one' : rest.toLocaleString()}, now or later.`}
      </Text>
      <div className={classes.action}>
        <Button flex="none" onClick={() => resumeImport(left)}>
          Resume…
        </Button>
        <Button variant="default" flex="none" onClick={onRestart}>
          Back to the start
        </Button>
      </div>
    </section>
  );
}
