import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { searchPermissions } from '../keys/permission-groups.ts';
import { formatCount } from '../ui/dates.ts';
import { Tag } from '../ui/tag.tsx';
import type { PermissionEntry } from './catalog-draft.ts';
import classes from './service-settings.module.css';

interface Props {
  readonly entries: readonly PermissionEntry[];
  readonly onAdd: () => void;
  /** By the place in `entries`. */
  readonly onEdit: (at: number) => void;
  readonly onRemove: (at: number) => void;
}

/** A catalog may have thousands: beyond these, a search finds them. */
const SHOWN = 200;

/** The permissions of a catalog, each with what can be done with it. */
export function PermissionList({ entries, onAdd, onEdit, onRemove }: Props) {
  const [words, setWords] = useState('');
  const matches = searchPermissions(entries, words);
  const found = new Set(matches.slice(0, SHOWN));
  return (
    <section aria-label="Permissions of the catalog">
      <div className={classes.bar}>
        <TextInput
          className={classes.search ?? ''}
          aria-label="Search the catalog"
          placeholder={`Search ${formatCount(entries.length)} permissions`}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={words}
          onChange={event => setWords(event.currentTarget.value)}
          // The dialog leaves this Escape to the field: the first one ends the search, not the work.
          data-mantine-stop-propagation={words !== '' || undefined}
          onKeyDown={event => event.key === 'Escape' && setWords('')}
        />
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={onAdd}>
          Add permission
        </Button>
      </div>
      <ul
        className={classes.list}
        aria-label="Permissions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard
        tabIndex={0}
      >
        {entries.map(
          (entry, at) =>
            found.has(entry) && (
              // biome-ignore lint/suspicious/noArrayIndexKey: two entries may have the same ID until main refuses them
              <li key={`${entry.id} ${at}`} className={classes.entry}>
                <div className={classes.words}>
                  {entry.title}
                  <span className={classes.id}>{entry.id}</span>{' '}
                  {entry.public_safe && (
                    <span className={classes.safe}>
                      <Tag>Public-safe</Tag>
                    </span>
                  )}
                  {entry.description !== '' && <div className={classes.description}>{entry.description}</div>}
                </div>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={26}
                  aria-label={`Edit ${entry.title}`}
                  onClick={() => onEdit(at)}
                >
                  <IconPencil size={15} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={26}
                  aria-label={`Remove ${entry.title}`}
                  onClick={() => onRemove(at)}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </li>
            ),
        )}
        {matches.length > SHOWN && (
          <li className={classes.entry}>
            {`${formatCount(matches.length - SHOWN)} more. Search for what you want to change.`}
          </li>
        )}
        {found.size === 0 && (
          <li className={classes.entry}>
            {entries.length === 0
              ? 'The catalog has no permissions yet. Add one, or import a JSON file.'
              : 'No permission has these words.'}
          </li>
        )}
      </ul>
    </section>
  );
}
