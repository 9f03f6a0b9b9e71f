import { PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { NewPassphrase } from './new-passphrase.tsx';
import { given, sameAs } from './passphrase-rules.ts';

const FIELDS: Readonly<Record<string, 'current' | 'passphrase'>> = {
  passphrase: 'current',
  'new-passphrase': 'passphrase',
};

/** Another passphrase for whoever works here. */
export function ChangePassphraseDialog({ you, onClose }: { you: string; onClose: () => void }) {
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  const form = useForm({
    initialValues: { current: '', passphrase: '', again: '' },
    validate: { current: given, passphrase: given, again: (value, all) => sameAs(all.passphrase, value) },
  });

  const submit = form.onSubmit(
    ({ current, passphrase }) =>
      run(
        async () => {
          await call(
            window.keysmith.operators.changePassphrase({ passphrase: current, newPassphrase: passphrase }),
          );
          notify('Your passphrase was changed.');
          onClose();
        },
        ({ field, message }) => {
          const at = field === undefined ? undefined : FIELDS[field];
          if (at) wrong.refuse(() => form.setFieldError(at, message));
          return at !== undefined;
        },
      ),
    wrong.focus,
  );

  return (
    <Dialog title="Change my passphrase" size={520} onClose={onClose} closeOnClickOutside={false}>
      <form ref={wrong.formRef} onSubmit={submit} noValidate>
        <Stack gap="sm">
          <PasswordInput
            label="Passphrase now"
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps('current')}
          />
          <NewPassphrase
            label="New passphrase"
            first={form.getInputProps('passphrase')}
            again={form.getInputProps('again')}
            name={you}
          />
          <Text size="sm" c="dimmed">
            It opens Keysmith for you, {you}, and for nobody else. It cannot be recovered; another owner could
            only remove you and add you under another name.
          </Text>
          <ProblemAlert problem={problem} />
        </Stack>
        <FormFooter working={working} onCancel={onClose}>
          Change passphrase
        </FormFooter>
      </form>
    </Dialog>
  );
}
