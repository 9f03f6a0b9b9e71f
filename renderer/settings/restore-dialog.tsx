import { Checkbox, PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { ExportProgress } from '../exchange/export-progress.tsx';
import { percentWords } from '../exchange/percent-words.ts';
import { useExport } from '../exchange/use-export.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import classes from './settings.module.css';

interface Props {
  /** The name of the installation that a backup would replace; null: there is none. */
  readonly replaces: string | null;
  readonly onClose: () => void;
}

/** Asks before a backup is restored. When it was, main says so and loads the page anew. */
export function RestoreDialog({ replaces, onClose }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [bundles, setBundles] = useState(false);
  const run = useExport<true>('The restore was cancelled.');

  function cancel() {
    if (run.working) run.cancel();
    onClose();
  }

  return (
    <ConfirmDialog
      title="Restore a backup"
      action="Restore…"
      destructive={replaces !== null}
      disabled={passphrase === ''}
      working={run.working}
      problem={run.problem}
      onConfirm={() =>
        run.start(
          id => window.keysmith.backups.restore({ id, passphrase, bundles }),
          () => 'The backup was restored.',
        )
      }
      onCancel={cancel}
    >
      <Text size="sm">
        {replaces === null
          ? 'The installation of the backup is put here, with all its keys.'
          : `The installation ${replaces} is replaced by the state of the backup. Its data is kept aside in the data folder, and what was refused since the backup stays refused.`}
      </Text>
      <PasswordInput
        label="Passphrase of the backup"
        autoComplete="off"
        value={passphrase}
        onChange={event => setPassphrase(event.currentTarget.value)}
      />
      <Checkbox
        label="With the newest bundles"
        description="What a bundle in a .zip file refuses stays refused, and the next one takes its place with services."
        checked={bundles}
        onChange={event => setBundles(event.currentTarget.checked)}
      />
      {run.progress && (
        <div className={classes.progress}>
          <ExportProgress progress={run.progress} label="Restore progress" words={words} />
        </div>
      )}
    </ConfirmDialog>
  );
}

const words = (done: number, total: number) =>
  percentWords(done, total, 'is read and verified', 'Putting the backup in place');
