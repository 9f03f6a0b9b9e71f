import { Button, Progress, Text } from '@mantine/core';
import { useSpokenProgress } from '../../ui/use-spoken-progress.ts';
import classes from './import.module.css';
import { cancelImport, type ImportRun } from './import-run.ts';
import { paceWords, phaseWords } from './import-words.ts';
import { StepHeading } from './step-heading.tsx';

interface Props {
  readonly run: Extract<ImportRun, { kind: 'running' }>;
  /** The service's. */
  readonly title: string;
}

/** How far it is, how fast, and how long still. */
export function ImportProgressView({ run, title }: Props) {
  const { phase, done, total } = run.progress;
  const words = phaseWords(phase, done, total);
  useSpokenProgress(done, total, `${words}.`);
  return (
    <section className={classes.card} aria-label="Issuing">
      <StepHeading>Issuing keys for {title}</StepHeading>
      <div className={classes.progress}>
        <Progress
          size={8}
          value={total === 0 ? 0 : (done / total) * 100}
          aria-label="Progress"
          transitionDuration={0}
        />
        <div className={classes.numbers}>
          <span>{words}</span>
          <span className={classes.dim}>{phase === 'issuing' && paceWords(run.samples, total)}</span>
        </div>
      </div>
      <Text size="sm" c="dimmed" maw={720}>
        It goes on while you work elsewhere in this window. When you cancel it, the keys that were issued
        stay, with their secrets in the file, and the others can be issued later: it can be resumed.
      </Text>
      <div className={classes.action}>
        <Button variant="default" flex="none" disabled={run.cancelling} onClick={cancelImport}>
          Cancel
        </Button>
        {run.cancelling && <span className={classes.dim}>It ends after the keys that are under way.</span>}
      </div>
    </section>
  );
}
