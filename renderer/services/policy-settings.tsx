import { Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ServiceDetail } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { PolicyFields } from './policy-fields.tsx';
import { type PolicyValues, policyFieldOf, policyValues, toPolicyChange } from './policy-values.ts';
import { SettingsFooter } from './settings-footer.tsx';

interface Props {
  readonly service: ServiceDetail;
  readonly onClose: () => void;
}

/** The rules that keys of a service obey from now on. */
export function PolicySettings({ service: { slug, title, policy }, onClose }: Props) {
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  const form = useForm<PolicyValues>({ initialValues: policyValues(policy) });
  useAsksBeforeLeaving(() => form.isDirty());

  const submit = form.onSubmit(values => {
    form.clearErrors();
    return run(
      async () => {
        const saved = await call(
          window.keysmith.services.edit({ service: slug, policy: toPolicyChange(values) }),
        );
        // As main keeps it: `12 months` are shown as the year they are.
        form.setValues(policyValues(saved.policy));
        form.resetDirty(policyValues(saved.policy));
        notify(`The policy of ${title} was saved.`);
      },
      ({ field, message }) => {
        const at = policyFieldOf(field);
        if (at) wrong.refuse(() => form.setFieldError(at, message));
        return at !== undefined;
      },
    );
  });

  return (
    <form ref={wrong.formRef} onSubmit={submit} noValidate>
      <Stack gap="sm">
        <PolicyFields form={form} />
        <Text size="xs" c="dimmed">
          Keys that exist keep what they have. The policy holds for what is issued, extended or changed from
          now on.
        </Text>
        <ProblemAlert problem={problem} />
      </Stack>
      <SettingsFooter working={working} changed={form.isDirty()} onClose={onClose} />
    </form>
  );
}
