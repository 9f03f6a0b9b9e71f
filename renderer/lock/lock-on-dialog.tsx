import { Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { NewPassphrase } from '../operators/new-passphrase.tsx';
import { CHOSEN_PASSPHRASE } from '../operators/passphrase-rules.ts';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';

/** Switches the lock on, with the passphrase that opens Keysmith from then on. */
export function LockOnDialog({ you, onClose }: { you: string; onClose: () => void }) {
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  const form = useForm(CHOSEN_PASSPHRASE);

  const submit = form.onSubmit(
    ({ passphrase }) =>
      run(
        async () => {
          await call(window.keysmith.lock.on({ passphrase }));
          notify('The lock is on: Keysmith opens with your passphrase from now on.');
          onClose();
        },
        ({ field, message }) => {
          if (field !== 'new-passphrase') return false;
          wrong.refuse(() => form.setFieldError('passphrase', message));
          return true;
        },
      ),
    wrong.focus,
  );

  return (
    <Dialog title="Switch the lock on" size={520} onClose={onClose} closeOnClickOutside={false}>
      <form ref={wrong.formRef} onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">
            Keysmith opens with a passphrase from then on: at every start, and whenever it was locked. Without
            it nobody opens this installation, and nobody can recover it.
          </Text>
          <NewPassphrase
            label="Passphrase"
            first={form.getInputProps('passphrase')}
            again={form.getInputProps('again')}
            name={you}
            autoFocus
          />
          <ProblemAlert problem={problem} />
        </Stack>
        <FormFooter working={working} onCancel={onClose}>
          Switch on
        </FormFooter>
      </form>
    </Dialog>
  );
}
