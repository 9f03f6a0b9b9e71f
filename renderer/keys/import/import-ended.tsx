import { Button, Text } from '@mantine/core';
import type { ImportEnd } from '../../../preload/contract.ts';
import { useGoToBundle } from '../../exchange/go-to-bundle.ts';
import { ShowInFolder } from '../../exchange/show-in-folder.tsx';
import { formatCount } from '../../ui/dates.ts';
import { useRights } from '../../ui/use-rights.ts';
import classes from './import.module.css';
import { endWords } from './import-run.ts';
import { ImportStopped } from './import-stopped.tsx';
import { keysWords } from './import-words.ts';
import { StepHeading } from './step-heading.tsx';

interface Props {
  readonly end: ImportEnd;
  /** The service's. */
  readonly title: string;
  readonly onRestart: () => void;
}

/** What came of it, and what to do next. */
export function ImportEnded({ end, title, onRestart }: Props) {
  const goToBundle = useGoToBundle();
  const exports = useRights().may('bundle.export');
  if (end.kind === 'stopped') return <ImportStopped end={end} title={title} onRestart={onRestart} />;
  const { rows, issued, path, encrypted, service } = end;
  return (
    <section className={classes.card} aria-label="Result">
      <StepHeading>{endWords(end)}</StepHeading>
      <dl className={classes.facts}>
        <dt>Service</dt>
        <dd>
          {title}
          {issued < rows && `: ${formatCount(issued)} now, the other ${formatCount(rows - issued)} before`}
        </dd>
        <dt>Secrets</dt>
        <dd className={classes.path}>{path}</dd>
      </dl>
      <Text size="sm" maw={720}>
        {encrypted
          ? 'The file opens only with the recipient’s identity. '
          : `Whoever reads this file can use ${rows === 1 ? 'the key' : `all ${keysWords(rows)}`}: hand the secrets out, then delete it. `}
        Services know these keys from the next bundle on.
      </Text>
      <div className={classes.action}>
        <ShowInFolder path={path} />
        {exports && (
          <Button flex="none" onClick={() => goToBundle(service)}>
            Export bundle
          </Button>
        )}
        <Button variant="default" flex="none" onClick={onRestart}>
          Issue more keys
        </Button>
      </div>
    </section>
  );
}
