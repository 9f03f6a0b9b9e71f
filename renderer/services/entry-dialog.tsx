import { FormDialog } from '../ui/form-dialog.tsx';
import type { DraftEntry } from './catalog-draft.ts';
import { type CatalogPart, PART_WORDS } from './catalog-parts.ts';
import { EntryForm } from './entry-form.tsx';

interface Props {
  readonly part: CatalogPart;
  /** Null for a new one. */
  readonly entry: DraftEntry | null;
  /** Whether it was never saved: keys hold entries by their IDs, so a saved ID stays. */
  readonly isNew: boolean;
  readonly onDone: (entry: DraftEntry) => void;
  readonly onClose: () => void;
}

/** One entry of the catalog. */
export function EntryDialog({ part, entry, isNew, onDone, onClose }: Props) {
  return (
    <FormDialog
      title={entry ? `Edit ${entry.title}` : `Add ${PART_WORDS[part].word}`}
      size={460}
      onClose={onClose}
    >
      <EntryForm part={part} entry={entry} isNew={isNew} onDone={onDone} onCancel={onClose} />
    </FormDialog>
  );
}
