import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import type { ServiceDetail } from '../../preload/contract.ts';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { useAsksBeforeLeaving } from '../ui/form-dialog-context.ts';
import { WorkButton } from '../ui/work-button.tsx';
import { completeCatalog, type PermissionEntry, putEntry, toCatalogText } from './catalog-draft.ts';
import { CatalogInUse } from './catalog-in-use.tsx';
import { CatalogOutcome } from './catalog-outcome.tsx';
import { ImportCatalog } from './import-catalog.tsx';
import { PermissionDialog } from './permission-dialog.tsx';
import { PermissionList } from './permission-list.tsx';
import { useSaveCatalog } from './use-save-catalog.ts';

interface Props {
  readonly service: ServiceDetail;
  readonly onClose: () => void;
}

/** What keys of a service can be granted: changed as a whole, saved as a whole. */
export function CatalogSettings({ service, onClose }: Props) {
  /** Null while nothing was changed: then the list is the catalog as it is. */
  const [draft, setDraft] = useState<readonly PermissionEntry[] | null>(null);
  /** The place of the entry that is edited; null for a new one. */
  const [editing, setEditing] = useState<{ readonly at: number | null } | null>(null);
  const saving = useSaveCatalog(service.slug, () => setDraft(null));
  const entries = draft ?? service.catalog.permissions;
  useAsksBeforeLeaving(() => draft !== null);

  function change(next: readonly PermissionEntry[]) {
    saving.forget();
    setDraft(next);
  }

  return (
    <>
      <Stack gap="sm">
        <PermissionList
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
          onClick={() => saving.save(toCatalogText(service.catalog, entries))}
        >
          Save
        </WorkButton>
      </DialogFooter>
      {editing && (
        <PermissionDialog
          entry={editing.at === null ? null : (entries[editing.at] ?? null)}
          isNew={
            !service.catalog.permissions.some(
              ({ id }) => editing.at !== null && id === entries[editing.at]?.id,
            )
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
