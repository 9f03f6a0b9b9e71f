import { FormDialog } from '../ui/form-dialog.tsx';
import type { PermissionEntry } from './catalog-draft.ts';
import { PermissionForm } from './permission-form.tsx';

interface Props {
  /** Null for a new one. */
  readonly entry: PermissionEntry | null;
  /** Whether it was never saved: keys hold permissions by their IDs, so a saved ID stays. */
  readonly isNew: boolean;
  readonly onDone: (entry: PermissionEntry) => void;
  readonly onClose: () => void;
}

/** One entry of the catalog. */
export function PermissionDialog({ entry, isNew, onDone, onClose }: Props) {
  return (
    <FormDialog title={entry ? `Edit ${entry.title}` : 'Add permission'} size={460} onClose={onClose}>
      <PermissionForm entry={entry} isNew={isNew} onDone={onDone} onCancel={onClose} />
    </FormDialog>
  );
}
