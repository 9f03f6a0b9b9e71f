import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CreatedBackupView } from '../../preload/contract.ts';
import { ExportProgress } from '../exchange/export-progress.tsx';
import { percentWords } from '../exchange/percent-words.ts';
import { useExport } from '../exchange/use-export.ts';
import { NewPassphrase } from '../operators/new-passphrase.tsx';
import { CHOSEN_PASSPHRASE } from '../operators/passphrase-rules.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { WorkButton } from '../ui/work-button.tsx';
import classes from './settings.module.css';

interface Props {
  /** Its name: the first thing that is guessed. */
  readonly installation: string;
  readonly onDone: (written: CreatedBackupView) => void;
  readonly onClose: () => void;
}

/** Asks for the passphrase of a backup, and writes it to where main asks. */
export function BackupDialog({ installation, onDone, onClose }: Props) {
  const run = useExport<CreatedBackupView>('The backup was cancelled.');
  const wrong = useWrongFocus();
  const form = useForm(CHOSEN_PASSPHRASE);

  const submit = form.onSubmit(
    ({ passphrase }) =>
      run.start(
        async id => {
          const answer = await window.keysmith.backups.create({ id, passphrase });
          if (answer.ok && answer.value) onDone(answer.value);
          return answer;
        },
        () => 'The backup was written.',
      ),
    wrong.focus,
  );

  function close() {
    if (run.working) run.cancel();
    onClose();
  }

  return (
    <Dialog title="Back up" size={520} onClose={close} closeOnClickOutside={false}>
      <form ref={wrong.formRef} onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">
            The backup is one file that holds everything: the keys, the audit log, and what opens them. It has
            a passphrase of its own. Without this passphrase nobody can open the backup, and nobody can
            recover it: keep it apart from the file.
          </Text>
          <NewPassphrase
            label="Backup passphrase"
            first={form.getInputProps('passphrase')}
            again={form.getInputProps('again')}
            name={installation}
            autoFocus
          />
          {run.progress && (
            <div className={classes.progress}>
              <ExportProgress
                progress={run.progress}
                label="Backup progress"
                words={words}
                onCancel={run.cancel}
              />
            </div>
          )}
          {run.end?.kind === 'cancelled' && (
            <Text size="sm" c="dimmed">
              Cancelled: nothing was written.
            </Text>
          )}
          <ProblemAlert problem={run.problem} />
        </Stack>
        <DialogFooter>
          <Button variant="default" onClick={close}>
            Close
          </Button>
          <WorkButton type="submit" working={run.working}>
            Back up…
          </WorkButton>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

const words = (done: number, total: number) =>
  percentWords(done, total, 'is written', 'Putting the file in place');
