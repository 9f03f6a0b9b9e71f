import { Button, Text } from '@mantine/core';
import type { CheckedFileView, ChosenFile, ServiceView } from '../../../preload/contract.ts';
import { ExportProgress } from '../../exchange/export-progress.tsx';
import { call, problemOf } from '../../ui/call.ts';
import { formatCount } from '../../ui/dates.ts';
import { notify, notifyProblem } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { WorkButton } from '../../ui/work-button.tsx';
import classes from './import.module.css';
import { mistakesWords, phaseWords } from './import-words.ts';
import { MistakesTable } from './mistakes-table.tsx';
import { StepHeading } from './step-heading.tsx';
import type { FileCheck } from './use-file-check.ts';

interface Props {
  readonly checked: CheckedFileView;
  readonly file: ChosenFile;
  readonly service: ServiceView;
  readonly check: FileCheck;
  readonly onBack: () => void;
}

/** What is wrong with the file, and how to go on once it is mended. */
export function MistakesStep({ checked, file: { name, handle }, service, check, onBack }: Props) {
  const { mistakes, mistakeCount } = checked;

  async function copy() {
    try {
      await call(window.keysmith.imports.copyMistakes({ handle }));
      notify('The mistakes were copied.');
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  async function save() {
    try {
      const saved = await call(window.keysmith.imports.saveMistakes({ handle }));
      if (saved) notify(`The mistakes were saved as ${saved.path}.`);
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  return (
    <section className={classes.card} aria-label="Mistakes">
      <StepHeading>
        {mistakesWords(mistakeCount)} in {name}
      </StepHeading>
      <Text size="sm">
        Nothing was issued, and nothing will be while the file has a mistake. Mend it where you made it, save
        it, and check it again.
        {mistakeCount > mistakes.length &&
          ` ${formatCount(mistakes.length)} of ${formatCount(mistakeCount)} mistakes are listed.`}
      </Text>
      <MistakesTable mistakes={mistakes} />
      <ProblemAlert problem={check.problem} />
      <div className={classes.action}>
        <Button variant="default" flex="none" disabled={check.working} onClick={onBack}>
          Back
        </Button>
        <WorkButton
          working={check.working}
          flex="none"
          onClick={() => check.again(service.slug, () => undefined)}
        >
          Check again
        </WorkButton>
        <Button
          variant="default"
          flex="none"
          disabled={check.working}
          onClick={() => check.choose(service.slug, () => undefined)}
        >
          Choose the file again…
        </Button>
        {check.progress ? (
          <ExportProgress
            progress={check.progress}
            label="Check progress"
            words={(done, total) => phaseWords('checking', done, total)}
            onCancel={check.cancel}
          />
        ) : (
          <>
            <span className={classes.space} />
            <Button variant="subtle" flex="none" disabled={check.working} onClick={copy}>
              Copy mistakes
            </Button>
            <Button variant="subtle" flex="none" disabled={check.working} onClick={save}>
              Save mistakes…
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
