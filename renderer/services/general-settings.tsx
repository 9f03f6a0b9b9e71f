import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  parseAudience,
  parseDescription,
  parsePrefix,
  parseTitle,
  type ServiceDetail,
} from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { fieldRule } from '../ui/field-rule.ts';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useFirstFocus } from '../ui/use-first-focus.ts';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { SettingsFooter } from './settings-footer.tsx';

interface Props {
  readonly service: ServiceDetail;
  readonly onClose: () => void;
}

/** What a service is called, and what its tokens start with. */
export function GeneralSettings({ service, onClose }: Props) {
  const { slug, title, description, audience, prefix } = service;
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  useFirstFocus(wrong.formRef);
  const form = useForm({
    initialValues: { title, description, audience, prefix },
    validate: {
      title: fieldRule(parseTitle),
      description: fieldRule(parseDescription),
      audience: fieldRule(parseAudience),
      prefix: fieldRule(parsePrefix),
    },
  });
  useAsksBeforeLeaving(() => form.isDirty());

  const submit = form.onSubmit(
    values =>
      run(
        async () => {
          await call(window.keysmith.services.edit({ service: slug, ...values }));
          form.resetDirty();
          notify(`The settings of ${values.title} were saved.`);
        },
        ({ field, message }) => {
          const at = Object.keys(values).find(name => name === field);
          if (at) wrong.refuse(() => form.setFieldError(at, message));
          return at !== undefined;
        },
      ),
    wrong.focus,
  );

  return (
    <form ref={wrong.formRef} onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput label="Title" autoComplete="off" {...form.getInputProps('title')} />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={5}
          {...form.getInputProps('description')}
        />
        <TextInput
          label="Audience"
          description="The URI by which the service knows what is meant for it."
          classNames={{ input: 'mono' }}
          spellCheck={false}
          {...form.getInputProps('audience')}
        />
        <TextInput
          label="Token prefix"
          description="For secrets that are issued from now on; those handed out keep theirs."
          classNames={{ input: 'mono' }}
          spellCheck={false}
          {...form.getInputProps('prefix')}
        />
        <Text size="xs" c="dimmed">
          The short name <span className="mono">{slug}</span> stays: commands and files rely on it.
        </Text>
        <ProblemAlert problem={problem} />
      </Stack>
      <SettingsFooter working={working} changed={form.isDirty()} onClose={onClose} />
    </form>
  );
}
