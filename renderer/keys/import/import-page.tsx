import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { ServiceView } from '../../../preload/contract.ts';
import { Page } from '../../ui/page.tsx';
import { useRights } from '../../ui/use-rights.ts';
import { FileStep } from './file-step.tsx';
import { ImportEnded } from './import-ended.tsx';
import { ImportProgressView } from './import-progress.tsx';
import { forgetImport, useImportRun, watchImportRun } from './import-run.ts';
import { type ImportStep, ImportSteps } from './import-steps.tsx';
import { MistakesStep } from './mistakes-step.tsx';
import { PreviewStep } from './preview-step.tsx';
import { SecretsStep } from './secrets-step.tsx';
import { useFileCheck } from './use-file-check.ts';

interface Props {
  readonly services: readonly ServiceView[];
  /** The slug of the service that keys are issued for; null: the first. */
  readonly service: string | null;
  /** What stands above the page: the banner. */
  readonly above: ReactNode;
  readonly onService: (slug: string) => void;
}

/** Issues many keys from one file: choose and check it, look at what would be issued, say where the secrets go. */
export function ImportPage({ services, service: asked, above, onService }: Props) {
  const rights = useRights();
  const run = useImportRun();
  const check = useFileCheck();
  const [step, setStep] = useState<Exclude<ImportStep, 'issue'>>('file');
  const managed = services.filter(({ slug }) => rights.manages(slug));
  const service = managed.find(({ slug }) => slug === asked) ?? managed[0];
  const { forget } = check;
  useEffect(watchImportRun, []);
  const ended = run.kind === 'ended';
  const begin = useEffectEvent(() => {
    forget();
    setStep('file');
  });
  // What was checked is issued; what goes on from there is another matter.
  useEffect(() => {
    if (ended) begin();
  }, [ended]);

  const titleOf = (slug: string) => services.find(each => each.slug === slug)?.title ?? slug;
  // What was checked for one service says nothing of another.
  const checked = check.checked && check.checked.service === service?.slug ? check.checked.view : null;
  const shown: ImportStep =
    run.kind === 'running' || run.kind === 'ended' ? 'issue' : checked && check.file ? step : 'file';

  function content() {
    if (!service) return <p>You manage the keys of no service: there is nothing to issue keys for.</p>;
    if (run.kind === 'running') return <ImportProgressView run={run} title={titleOf(run.subject.service)} />;
    if (run.kind === 'ended')
      return (
        <ImportEnded
          end={run.end}
          title={titleOf(run.end.kind === 'issued' ? run.end.service : run.end.left.service)}
          onRestart={forgetImport}
        />
      );
    if (shown === 'file' || !checked || !check.file)
      return (
        <FileStep
          service={service}
          services={managed}
          check={check}
          titleOf={titleOf}
          onService={onService}
          onChecked={() => setStep('preview')}
        />
      );
    const toFile = () => setStep('file');
    if (checked.mistakeCount > 0)
      return (
        <MistakesStep
          key={checked.mistakeCount}
          checked={checked}
          file={check.file}
          service={service}
          check={check}
          onBack={toFile}
        />
      );
    if (step === 'secrets')
      return (
        <SecretsStep
          checked={checked}
          file={check.file}
          service={service}
          onBack={() => setStep('preview')}
        />
      );
    return (
      <PreviewStep
        checked={checked}
        file={check.file}
        service={service}
        onBack={toFile}
        onNext={() => setStep('secrets')}
      />
    );
  }

  return (
    <Page title="Issue keys from a CSV" above={above}>
      <ImportSteps at={shown} />
      {content()}
    </Page>
  );
}
