import { Button } from '@mantine/core';
import type { CheckedFileView, ChosenFile, ServiceView } from '../../../preload/contract.ts';
import { formatCount } from '../../ui/dates.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { WorkButton } from '../../ui/work-button.tsx';
import classes from './import.module.css';
import { useImportRun } from './import-run.ts';
import { keysWords } from './import-words.ts';
import { PreviewTable } from './preview-table.tsx';
import { resumeImport } from './resume-import.ts';
import { StepHeading } from './step-heading.tsx';

interface Props {
  readonly checked: CheckedFileView;
  readonly file: ChosenFile;
  readonly service: ServiceView;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** What would be issued. */
export function PreviewStep({ checked, file, service, onBack, onNext }: Props) {
  const { rows, columns, preview, unfinished } = checked;
  const run = useImportRun();
  const left = rows - (unfinished?.done ?? 0);
  return (
    <section className={classes.card} aria-label="Preview">
      <StepHeading>
        {keysWords(left)} for {service.title}
      </StepHeading>
      <dl className={classes.facts}>
        <dt>File</dt>
        <dd>{file.name}, without a mistake</dd>
        <dt>Columns</dt>
        <dd>{columns.join(', ')}</dd>
        {unfinished && (
          <>
            <dt>Issued before</dt>
            <dd>
              {formatCount(unfinished.done)} of {keysWords(rows)}, with their secrets in{' '}
              <span className={classes.path}>{unfinished.out}</span>
            </dd>
          </>
        )}
      </dl>
      <PreviewTable preview={preview} service={service} />
      <p className={classes.note}>
        {left > preview.length
          ? `The first ${formatCount(preview.length)} of ${keysWords(left)}, as they would be issued now.`
          : 'All of them, as they would be issued now.'}
      </p>
      {run.kind === 'refused' && run.subject.resumes !== null && <ProblemAlert problem={run.problem} />}
      <div className={classes.action}>
        <Button variant="default" flex="none" onClick={onBack}>
          Back
        </Button>
        {unfinished ? (
          <WorkButton working={run.kind === 'asking'} flex="none" onClick={() => resumeImport(unfinished)}>
            Resume…
          </WorkButton>
        ) : (
          <Button flex="none" onClick={onNext}>
            Next
          </Button>
        )}
      </div>
    </section>
  );
}
