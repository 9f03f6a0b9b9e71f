import { Alert, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { KeyView, Reveal } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { formatDateTime } from '../ui/dates.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { FIRST_GRACE, type GraceValue, graceProblem, toGrace } from './grace-choice.ts';
import { GraceField } from './grace-field.tsx';
import { keyQuery } from './key-queries.ts';
import { lastFourOf } from './last-four.ts';
import { needsSaving } from './needs-saving.ts';
import { previousSecret } from './previous-secret.ts';

interface Props {
  readonly keyView: KeyView;
  readonly onRevealed: (reveal: Reveal) => void;
  readonly onClose: () => void;
}

/** Gives a key a new secret, and says how long the old one stays valid. */
export function RotateKeyDialog({ keyView, onRevealed, onClose }: Props) {
  const { working, problem, run } = useWork();
  const { data: detail } = useQuery(keyQuery(keyView.id));
  const wrong = useWrongFocus();
  const form = useForm<{ grace: GraceValue }>({
    initialValues: { grace: FIRST_GRACE },
    validate: { grace: value => graceProblem(value, Math.floor(Date.now() / 1000)) },
  });
  const previous = previousSecret(detail);
  // A secret that nobody kept gets no grace period; the one before it, which is in use, keeps its own.
  const keepsPrevious = previous !== null && needsSaving(keyView);
  const { error } = form.getInputProps('grace');

  const submit = form.onSubmit(
    ({ grace }) =>
      run(
        async () =>
          onRevealed(
            await call(
              window.keysmith.keys.rotate({
                key: keyView.id,
                ...(keepsPrevious ? {} : { grace: toGrace(grace) }),
              }),
            ),
          ),
        refused => {
          if (refused.field === 'grace') wrong.refuse(() => form.setFieldError('grace', refused.message));
          return refused.field === 'grace';
        },
      ),
    wrong.focus,
  );

  return (
    <Dialog title={`Rotate ${keyView.name}`} onClose={onClose}>
      <form ref={wrong.formRef} onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">
            The key gets a new secret
            {keyView.kind === 'private' ? ', which is shown once' : ''}. Everything else about it stays: its
            ID, its {keyView.roles.length > 0 ? 'roles' : 'permissions'} and its expiry.
          </Text>
          {!keepsPrevious && (
            <GraceField
              value={form.values.grace}
              error={typeof error === 'string' ? error : undefined}
              onChange={value => form.setFieldValue('grace', value)}
            />
          )}
          {previous && (
            <Alert color="orange" variant="light" p="xs" icon={<IconAlertTriangle size={16} />} role="note">
              An earlier secret, which ends in <span className="mono">…{lastFourOf(previous.hint)}</span>, is
              still valid until {formatDateTime(previous.graceUntil)}.{' '}
              {keepsPrevious
                ? 'It stays so: nobody confirmed that the present one was kept, and that one is refused at once.'
                : 'It is refused at once when you rotate now.'}
            </Alert>
          )}
          <Text size="sm" c="dimmed">
            Services know the new secret from the next bundle on.
          </Text>
          <ProblemAlert problem={problem} />
        </Stack>
        <FormFooter working={working} onCancel={onClose}>
          Rotate
        </FormFooter>
      </form>
    </Dialog>
  );
}
