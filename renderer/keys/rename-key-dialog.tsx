import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type KeyView, parseName } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { fieldRule } from '../ui/field-rule.ts';
import { FormFooter } from '../ui/form-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';

/** Gives a key another name. */
export function RenameKeyDialog({ keyView, onClose }: { keyView: KeyView; onClose: () => void }) {
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  const form = useForm({ initialValues: { name: keyView.name }, validate: { name: fieldRule(parseName) } });

  const submit = form.onSubmit(
    ({ name }) =>
      run(
        async () => {
          if (name !== keyView.name) {
            await call(window.keysmith.keys.rename({ key: keyView.id, name }));
            notify(`${keyView.name} is now called ${name}.`);
          }
          onClose();
        },
        refused => {
          if (refused.field === 'name') wrong.refuse(() => form.setFieldError('name', refused.message));
          return refused.field === 'name';
        },
      ),
    wrong.focus,
  );

  return (
    <Dialog title={`Rename ${keyView.name}`} size={460} onClose={onClose}>
      <form ref={wrong.formRef} onSubmit={submit} noValidate>
        <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
        <ProblemAlert problem={problem} />
        <FormFooter working={working} onCancel={onClose}>
          Rename
        </FormFooter>
      </form>
    </Dialog>
  );
}
