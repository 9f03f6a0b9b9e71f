import { Alert, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LIMITS, type OperatorRole, parseName } from '../../preload/contract.ts';
import { appStateQuery } from '../first-run/app-state-query.ts';
import { call } from '../ui/call.ts';
import { fieldRule } from '../ui/field-rule.ts';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import { FormFooter } from '../ui/form-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { NewPassphrase } from './new-passphrase.tsx';
import { given, sameAs } from './passphrase-rules.ts';
import { RoleField } from './role-field.tsx';
import { ROLE_WORDS } from './role-words.ts';

interface Props {
  /** The owner who adds: needs a passphrase as well while the lock is off. */
  readonly you: string;
  readonly lockEnabled: boolean;
  readonly onClose: () => void;
}

interface Values {
  name: string;
  role: OperatorRole;
  passphrase: string;
  again: string;
  own: string;
  ownAgain: string;
}

const FIELDS: Readonly<Record<string, keyof Values>> = {
  name: 'name',
  'new-passphrase': 'passphrase',
  'own-passphrase': 'own',
};

/** The form of *Add operator…*; the second operator switches the lock on. */
export function AddOperatorForm({ you, lockEnabled: locked, onClose }: Props) {
  // As it was at first: adding switches the lock on before main has answered.
  const [lockEnabled] = useState(locked);
  const client = useQueryClient();
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  const form = useForm<Values>({
    initialValues: { name: '', role: 'manager', passphrase: '', again: '', own: '', ownAgain: '' },
    validate: {
      name: fieldRule((value: string) => parseName(value.trim())),
      passphrase: given,
      again: (value, { passphrase }) => sameAs(passphrase, value),
      own: value => (lockEnabled ? null : given(value)),
      ownAgain: (value, { own }) => sameAs(own, value),
    },
  });
  useAsksBeforeLeaving(() => form.isDirty());

  const submit = form.onSubmit(
    ({ name: typed, role, passphrase, own }) =>
      run(
        async () => {
          const name = typed.trim();
          await call(
            window.keysmith.operators.add({
              name,
              role,
              passphrase,
              ...(lockEnabled ? {} : { ownPassphrase: own }),
            }),
          );
          notify(
            `${name} is an operator now: ${ROLE_WORDS[role].title.toLowerCase()}.${lockEnabled ? '' : ' The lock is on.'}`,
          );
          // Behind this dialog, *Lock now* is to lock from the first moment on.
          if (!lockEnabled) await client.refetchQueries(appStateQuery);
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
    <form ref={wrong.formRef} onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="How the audit log names them. It cannot be changed, and is never given again."
          autoComplete="off"
          maxLength={LIMITS.name * 2}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <RoleField value={form.values.role} onChange={role => form.setFieldValue('role', role)} />
        <NewPassphrase
          label="Passphrase"
          first={form.getInputProps('passphrase')}
          again={form.getInputProps('again')}
          name={form.values.name.trim()}
        />
        {!lockEnabled && (
          <>
            <Alert color="accent" variant="light" p="xs">
              From then on everyone opens Keysmith with a passphrase, since only passphrases tell who works
              here. Choose one for yourself as well: nobody can recover it.
            </Alert>
            <NewPassphrase
              label="Your own passphrase"
              first={form.getInputProps('own')}
              again={form.getInputProps('ownAgain')}
              name={you}
            />
          </>
        )}
        <ProblemAlert problem={problem} />
      </Stack>
      <FormFooter working={working} onCancel={onClose}>
        Add operator
      </FormFooter>
    </form>
  );
}
