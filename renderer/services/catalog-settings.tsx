import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ServiceDetail } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import { WorkButton } from '../ui/work-button.tsx';
import {
  type CatalogDraft,
  completeCatalog,
  type DraftEntry,
  putEntry,
  toCatalogText,
  toDraft,
} from './catalog-draft.ts';
import { CatalogInUse } from './catalog-in-use.tsx';
import { CatalogOutcome } from './catalog-outcome.tsx';
import { type CatalogPart, PART_WORDS, PARTS } from './catalog-parts.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { EntryList } from './entry-list.tsx';
import { ImportCatalog } from './import-catalog.tsx';
import { useSaveCatalog } from './use-save-catalog.ts';

interface Props {
  readonly service: ServiceDetail;
  readonly onClose: () => void;
}

/** What keys of a service can be granted: changed as a whole, saved as a whole. */
export function CatalogSettings({ service, onClose }: Props) {
  /** Null while nothing was changed: then the list is the catalog as it is. */
  const [draft, setDraft] = useState<CatalogDraft | null>(null);
  const { permissions, roles } = service.catalog;
  const [part, setPart] = useState<CatalogPart>(
    permissions.length === 0 && roles.length > 0 ? 'roles' : 'permissions',
  );
  /** The place of the entry that is edited; null for a new one. */
  const [editing, setEditing] = useState<{ readonly at: number | null } | null>(null);
  const saving = useSaveCatalog(service.slug, () => setDraft(null));
  const saved = useMemo(() => toDraft(service.catalog), [service.catalog]);
  const catalog = draft ?? saved;
  const entries = catalog[part];
  useAsksBeforeLeaving(() => draft !== null);

  function change(next: readonly DraftEntry[]) {
    saving.forget();
    setDraft({ ...catalog, [part]: next });
  }

  return (
    <>
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Part of the catalog"
          w="fit-content"
          data={PARTS.map(each => ({
            value: each,
            label: `${PART_WORDS[each].title} · ${formatCount(catalog[each].length)}`,
          }))}
          value={part}
          onChange={setPart}
        />
        <EntryList
          key={part}
          part={part}
          entries={entries}
          onAdd={() => setEditing({ at: null })}
          onEdit={at => setEditing({ at })}
          onRemove={at => change(entries.filter((_, nth) => nth !== at))}
        />
        <CatalogOutcome problem={saving.problem} change={saving.change} />
      </Stack>
      <DialogFooter
        start={
          draft === null ? (
            <ImportCatalog
              disabled={saving.working}
              onRead={text => saving.save(completeCatalog(text, service.catalog))}
            />
          ) : (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                saving.forget();
                setDraft(null);
              }}
            >
              Undo changes
            </Button>
          )
        }
      >
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <WorkButton
          working={saving.working}
          disabled={draft === null}
          onClick={() => saving.save(toCatalogText(catalog))}
        >
          Save
        </WorkButton>
      </DialogFooter>
      {editing && (
        <EntryDialog
          part={part}
          entry={editing.at === null ? null : (entries[editing.at] ?? null)}
          isNew={
            !service.catalog[part].some(({ id }) => editing.at !== null && id === entries[editing.at]?.id)
          }
          onDone={entry => {
            change(putEntry(entries, editing.at, entry));
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
      {saving.question && (
        <CatalogInUse
          message={saving.question.message}
          working={saving.working}
          onForce={saving.force}
          onCancel={saving.forget}
        />
      )}
    </>
  );
}
