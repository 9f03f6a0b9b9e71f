import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { KeyView, Reveal, ServiceDetail } from '../../preload/contract.ts';
import { useGoToBundle } from '../exchange/go-to-bundle.ts';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import { FormFooter } from '../ui/form-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useFirstFocus } from '../ui/use-first-focus.ts';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { KeyFields } from './key-fields.tsx';
import {
  editValues,
  type KeyValues,
  keyFieldOf,
  keyRules,
  outdatesToken,
  toEditRequest,
} from './key-form.ts';
import { ReissueField } from './reissue-field.tsx';
import { saveEdit } from './save-edit.ts';

interface Props {
  readonly service: ServiceDetail;
  readonly keyView: KeyView;
  readonly onReload: () => Promise<void>;
  readonly onRevealed: (reveal: Reveal) => void;
  readonly onClose: () => void;
}

/** The form of a key that exists; sends only what was changed. */
export function EditKeyForm({ service, keyView, onReload, onRevealed, onClose }: Props) {
  const goToBundle = useGoToBundle();
  const { working, problem, run } = useWork();
  const [reissues, setReissues] = useState(true);
  const wrong = useWrongFocus();
  useFirstFocus(wrong.formRef);
  const form = useForm<KeyValues>({
    initialValues: editValues(service, keyView),
    validate: keyRules(service),
  });

  useAsksBeforeLeaving(() => form.isDirty());
  const outdates = outdatesToken(keyView, toEditRequest(service, keyView, form.values));

  const submit = form.onSubmit(
    values =>
      run(
        async () => {
          const request = toEditRequest(service, keyView, values);
          const reveal =
            request && (await saveEdit(request, reissues && outdatesToken(keyView, request), goToBundle));
          if (reveal) onRevealed(reveal);
          else onClose();
        },
        refused => {
          const field = keyFieldOf(refused);
          if (field === undefined || field === 'name') return false;
          wrong.refuse(() => form.setFieldError(field, refused.message));
          return true;
        },
      ),
    wrong.focus,
  );

  return (
    <form ref={wrong.formRef} onSubmit={submit} noValidate>
      <Stack gap="sm">
        <KeyFields form={form} service={service} editing={keyView} />
        {outdates && <ReissueField value={reissues} onChange={setReissues} />}
        <ProblemAlert problem={problem}>
          {problem?.code === 'KEY_CHANGED' && (
            <Group mt={8}>
              <Button variant="default" onClick={onReload}>
                Reload the key
              </Button>
            </Group>
          )}
        </ProblemAlert>
      </Stack>
      <FormFooter working={working} onCancel={onClose}>
        {outdates && reissues ? 'Save and reissue token' : 'Save changes'}
      </FormFooter>
    </form>
  );
}
