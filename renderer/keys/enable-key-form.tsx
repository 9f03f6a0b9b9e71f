import { Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { KeyView, ServiceDetail } from '../../preload/contract.ts';
import { useGoToBundle } from '../exchange/go-to-bundle.ts';
import { notifyNextBundle } from '../exchange/notify-next-bundle.ts';
import { call } from '../ui/call.ts';
import { formatDateTime } from '../ui/dates.ts';
import { FormFooter } from '../ui/form-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useFirstFocus } from '../ui/use-first-focus.ts';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { type ExpiryValue, expiryProblem, firstExpiry, toExpires } from './expiry-choice.ts';
import { ExpiryField } from './expiry-field.tsx';
import type { KeyRequest } from './key-request.ts';
import { notifyStale } from './notify-stale.ts';

interface Props {
  readonly keyView: KeyView;
  readonly service: ServiceDetail;
  readonly onRequest: (request: KeyRequest) => void;
  readonly onClose: () => void;
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** The new expiry of a key that expired. */
export function EnableKeyForm({ keyView, service: { policy }, onRequest, onClose }: Props) {
  const { id, name, expiresAt } = keyView;
  const goToBundle = useGoToBundle();
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  useFirstFocus(wrong.formRef);
  const form = useForm<{ expiry: ExpiryValue }>({
    initialValues: { expiry: firstExpiry(policy, nowSeconds()) },
    validate: { expiry: value => expiryProblem(value, policy, nowSeconds()) },
  });
  const { error } = form.getInputProps('expiry');

  const submit = form.onSubmit(
    ({ expiry }) =>
      run(
        async () => {
          const expires = toExpires(expiry);
          const enabled = await call(
            window.keysmith.keys.enable({ key: id, ...(expires === undefined ? {} : { expires }) }),
          );
          const until = enabled.expiresAt === null ? '' : ` until ${formatDateTime(enabled.expiresAt)}`;
          onClose();
          if (enabled.stale) return notifyStale(`${name} is enabled${until}.`, enabled, onRequest);
          notifyNextBundle(
            `${name} is enabled${until}. Services accept it from the next bundle on.`,
            keyView.service,
            goToBundle,
          );
        },
        refused => {
          if (refused.field === 'expires') wrong.refuse(() => form.setFieldError('expiry', refused.message));
          return refused.field === 'expires';
        },
      ),
    wrong.focus,
  );

  return (
    <form ref={wrong.formRef} onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text size="sm">
          {expiresAt !== null && `The key expired on ${formatDateTime(expiresAt)}. `}
          {keyView.format === 'jwt'
            ? 'Its token ends with the old expiry: reissue it afterwards.'
            : 'It works again with the secret it has, until its new expiry.'}
        </Text>
        <ExpiryField
          policy={policy}
          value={form.values.expiry}
          error={typeof error === 'string' ? error : undefined}
          onChange={value => form.setFieldValue('expiry', value)}
        />
        <ProblemAlert problem={problem} />
      </Stack>
      <FormFooter working={working} onCancel={onClose}>
        Enable
      </FormFooter>
    </form>
  );
}
