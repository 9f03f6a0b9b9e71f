import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { LIMITS } from '../../preload/contract.ts';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import type { PermissionEntry } from './catalog-draft.ts';

interface Props {
  readonly entry: PermissionEntry | null;
  readonly isNew: boolean;
  readonly onDone: (entry: PermissionEntry) => void;
  readonly onCancel: () => void;
}

const NEW: PermissionEntry = { id: '', title: '', description: '', public_safe: false };

/** The fields of a permission. Whether they fit together is said when the catalog is saved. */
export function PermissionForm({ entry, isNew, onDone, onCancel }: Props) {
  const form = useForm({ initialValues: { ...(entry ?? NEW) } });
  useAsksBeforeLeaving(() => form.isDirty());
  return (
    <form noValidate onSubmit={form.onSubmit(onDone)}>
      <Stack gap="sm">
        <TextInput
          label="ID"
          description={
            isNew
              ? 'A-Z, a-z, 0-9 and . _ : / -; what stands before the first : is its group.'
              : 'Keys hold it by this ID.'
          }
          classNames={{ input: 'mono' }}
          spellCheck={false}
          autoComplete="off"
          readOnly={!isNew}
          data-autofocus={isNew || undefined}
          {...form.getInputProps('id')}
        />
        <TextInput
          label="Title"
          autoComplete="off"
          maxLength={LIMITS.title * 2}
          data-autofocus={!isNew || undefined}
          {...form.getInputProps('title')}
        />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={5}
          {...form.getInputProps('description')}
        />
        <Checkbox
          label="Public-safe"
          description="Public keys can be given it: anyone may see such a key and use it."
          {...form.getInputProps('public_safe', { type: 'checkbox' })}
        />
      </Stack>
      <DialogFooter>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit">{entry ? 'Apply' : 'Add'}</Button>
      </DialogFooter>
    </form>
  );
}
