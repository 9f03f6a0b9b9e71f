import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { KeyView, Reveal, ServiceDetail } from '../../preload/contract.ts';
import { announce } from '../ui/announcer.tsx';
import { call } from '../ui/call.ts';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import { FormFooter } from '../ui/form-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useFirstFocus } from '../ui/use-first-focus.ts';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { KeyFields } from './key-fields.tsx';
import { createValues, type KeyValues, keyFieldOf, keyRules, toCreateRequest } from './key-form.ts';

interface Props {
  readonly service: ServiceDetail;
  readonly like: KeyView | null;
  readonly onCreated: (reveal: Reveal) => void;
  readonly onCancel: () => void;
}

/** The form of a new key of one service. */
export function CreateKeyForm({ service, like, onCreated, onCancel }: Props) {
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  useFirstFocus(wrong.formRef);
  const form = useForm<KeyValues>({
    initialValues: createValues(service, like),
    validate: keyRules(service),
  });

  useAsksBeforeLeaving(() => form.isDirty());

  const submit = form.onSubmit(
    values =>
      run(
        async () => {
          const reveal = await call(window.keysmith.keys.create(toCreateRequest(service, values)));
          announce(`The key ${reveal.key.name} was created.`);
          onCreated(reveal);
        },
        refused => {
          const field = keyFieldOf(refused);
          if (field) wrong.refuse(() => form.setFieldError(field, refused.message));
          return field !== undefined;
        },
      ),
    wrong.focus,
  );

  return (
    <form ref={wrong.formRef} onSubmit={submit} noValidate>
      <Stack gap="sm">
        <KeyFields form={form} service={service} />
        <ProblemAlert problem={problem} />
      </Stack>
      <FormFooter working={working} onCancel={onCancel}>
        Create key
      </FormFooter>
    </form>
  );
}
