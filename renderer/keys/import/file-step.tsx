import { Button, Text } from '@mantine/core';
import type { ServiceView } from '../../../preload/contract.ts';
import { ExportProgress } from '../../exchange/export-progress.tsx';
import { ServiceField } from '../../exchange/service-field.tsx';
import { call, problemOf } from '../../ui/call.ts';
import { notify, notifyProblem } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useFocusAfterWork } from '../../ui/use-focus-after-work.ts';
import { WorkButton } from '../../ui/work-button.tsx';
import classes from './import.module.css';
import { phaseWords } from './import-words.ts';
import { UnfinishedImports } from './unfinished-imports.tsx';
import type { FileCheck } from './use-file-check.ts';

interface Props {
  readonly service: ServiceView;
  /** Those whose keys may be issued. */
  readonly services: readonly ServiceView[];
  readonly check: FileCheck;
  readonly titleOf: (slug: string) => string;
  readonly onService: (slug: string) => void;
  readonly onChecked: () => void;
}

/** For which service, and which file; and what was begun before. */
export function FileStep({ service, services, check, titleOf, onService, onChecked }: Props) {
  const { file, working } = check;
  const button = useFocusAfterWork(working);

  async function saveTemplate() {
    try {
      const saved = await call(window.keysmith.imports.template({ service: service.slug }));
      if (saved) notify(`The template was saved as ${saved.path}.`);
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }

  return (
    <>
      <UnfinishedImports titleOf={titleOf} />
      <section className={classes.card} aria-label="File">
        <div className={classes.field}>
          <ServiceField label="Service" service={service} services={services} onChange={onService} />
        </div>
        <Text size="sm" maw={720}>
          A CSV file in UTF-8 with a row for each key. Its first line names the columns: <code>name</code>,
          and of <code>description</code>, <code>owner</code>, <code>kind</code>, <code>permissions</code>,{' '}
          <code>roles</code>, <code>allowed_ips</code> and <code>expires</code> those that you need. Nothing
          is issued before you have seen what would be.
        </Text>
        <div className={classes.action}>
          <WorkButton
            ref={button}
            working={working}
            flex="none"
            {...(file ? { variant: 'default' } : {})}
            onClick={() => check.choose(service.slug, onChecked)}
          >
            {file ? 'Choose another file…' : 'Choose a CSV…'}
          </WorkButton>
          {file && (
            <Button flex="none" disabled={working} onClick={() => check.again(service.slug, onChecked)}>
              Check the file
            </Button>
          )}
          {check.progress ? (
            <ExportProgress
              progress={check.progress}
              label="Check progress"
              words={(done, total) => phaseWords('checking', done, total)}
              onCancel={check.cancel}
            />
          ) : (
            <>
              {file && <span className={classes.fileName}>{file.name}</span>}
              <span className={classes.space} />
              <Button variant="subtle" flex="none" disabled={working} onClick={saveTemplate}>
                Save a template CSV…
              </Button>
            </>
          )}
        </div>
        <ProblemAlert problem={check.problem} />
      </section>
    </>
  );
}
