import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { LIMITS } from '../../preload/contract.ts';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import type { DraftEntry } from './catalog-draft.ts';
import { type CatalogPart, PART_WORDS } from './catalog-parts.ts';

interface Props {
  readonly part: CatalogPart;
  readonly entry: DraftEntry | null;
  readonly isNew: boolean;
  readonly onDone: (entry: DraftEntry) => void;
  readonly onCancel: () => void;
}

const NEW: DraftEntry = { id: '', title: '', description: '', flag: false };

/** The fields of an entry. Whether they fit together is said when the catalog is saved. */
export function EntryForm({ part, entry, isNew, onDone, onCancel }: Props) {
  const { idHint, flag } = PART_WORDS[part];
  const form = useForm({ initialValues: { ...(entry ?? NEW) } });
  useAsksBeforeLeaving(() => form.isDirty());
  return (
    <form noValidate onSubmit={form.onSubmit(onDone)}>
      <Stack gap="sm">
        <TextInput
          label="ID"
          description={isNew ? `A-Z, a-z, 0-9 and . _ : / -${idHint}` : 'Keys hold it by this ID.'}
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
        {flag && <Checkbox {...flag} {...form.getInputProps('flag', { type: 'checkbox' })} />}
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
