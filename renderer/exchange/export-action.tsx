import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useFocusAfterWork } from '../ui/use-focus-after-work.ts';
import { WorkButton } from '../ui/work-button.tsx';
import classes from './exchange.module.css';
import { ExportProgress } from './export-progress.tsx';
import type { ExportRun } from './use-export.ts';

interface Props {
  readonly run: Omit<ExportRun<unknown>, 'start'>;
  /** Why it cannot be exported so; null: it can. */
  readonly wrong?: string | null;
  readonly onStart: () => void;
}

/** The button that exports, and in its row how far the export is. */
export function ExportAction({ run, wrong = null, onStart }: Props) {
  const { working, end, problem } = run;
  const button = useFocusAfterWork(working);

  return (
    <>
      <div className={classes.action}>
        <WorkButton ref={button} working={working} disabled={wrong !== null} onClick={onStart} flex="none">
          Export…
        </WorkButton>
        {run.progress && <ExportProgress progress={run.progress} onCancel={run.cancel} />}
        {wrong !== null && <span className={classes.wrong}>{wrong}</span>}
        {end?.kind === 'cancelled' && <span className={classes.dim}>Cancelled: nothing was written.</span>}
      </div>
      <ProblemAlert problem={problem} />
    </>
  );
}
