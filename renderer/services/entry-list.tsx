import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { searchEntries } from '../keys/permission-groups.ts';
import { formatCount } from '../ui/dates.ts';
import { Tag } from '../ui/tag.tsx';
import type { DraftEntry } from './catalog-draft.ts';
import { type CatalogPart, PART_WORDS } from './catalog-parts.ts';
import classes from './service-settings.module.css';

interface Props {
  readonly part: CatalogPart;
  readonly entries: readonly DraftEntry[];
  readonly onAdd: () => void;
  /** By the place in `entries`. */
  readonly onEdit: (at: number) => void;
  readonly onRemove: (at: number) => void;
}

/** A catalog may have thousands: beyond these, a search finds them. */
const SHOWN = 200;

/** One part of a catalog: its entries, each with what can be done with it. */
export function EntryList({ part, entries, onAdd, onEdit, onRemove }: Props) {
  const { title, word, flag } = PART_WORDS[part];
  const [words, setWords] = useState('');
  const matches = searchEntries(entries, words);
  const found = new Set(matches.slice(0, SHOWN));
  return (
    <section aria-label={`${title} of the catalog`}>
      <div className={classes.bar}>
        <TextInput
          className={classes.search ?? ''}
          aria-label="Search the catalog"
          placeholder={`Search ${formatCount(entries.length)} ${part}`}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={words}
          onChange={event => setWords(event.currentTarget.value)}
          // The dialog leaves this Escape to the field: the first one ends the search, not the work.
          data-mantine-stop-propagation={words !== '' || undefined}
          onKeyDown={event => event.key === 'Escape' && setWords('')}
        />
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={onAdd}>
          {`Add ${word}`}
        </Button>
      </div>
      <ul
        className={classes.list}
        aria-label={title}
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
                  {flag && entry.flag && (
                    <span className={classes.safe}>
                      <Tag>{flag.label}</Tag>
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
              ? `The catalog has no ${part} yet. Add one, or import a JSON file.`
              : `No ${word} has these words.`}
          </li>
        )}
      </ul>
    </section>
  );
}
