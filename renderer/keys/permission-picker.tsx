import { Input, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { groupPermissions, type Permission, searchEntries } from './permission-groups.ts';
import classes from './permission-picker.module.css';
import { PermissionPickerGroup } from './permission-picker-group.tsx';

interface Props {
  readonly permissions: readonly Permission[];
  readonly value: readonly string[];
  readonly error?: string | undefined;
  /** A line that says what is not offered, and why. */
  readonly note?: string | undefined;
  readonly onChange: (value: string[]) => void;
}

/** From so many entries on, a search helps. */
const SEARCH_FROM = 6;

/** The permissions of a key, grouped as their IDs are; ticking a group ticks its members. */
export function PermissionPicker({ permissions, value, error, note, onChange }: Props) {
  const [words, setWords] = useState('');
  const found = searchEntries(permissions, words);
  const chosen = new Set(value);

  function tick(ids: readonly string[], on: boolean) {
    const next = new Set(value);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onChange([...next]);
  }

  return (
    <Input.Wrapper
      labelElement="div"
      size="xs"
      label={`Permissions${permissions.length > 0 ? ` · ${chosen.size} of ${permissions.length}` : ''}`}
      error={error}
      description={note}
    >
      {permissions.length === 0 ? (
        <Text size="sm" c="dimmed">
          The catalog of this service has no permissions yet: the key says who calls, and grants nothing.
        </Text>
      ) : (
        <div className={classes.picker}>
          {permissions.length >= SEARCH_FROM && (
            <TextInput
              className={classes.search ?? ''}
              variant="unstyled"
              aria-label="Search permissions"
              placeholder="Search permissions"
              leftSection={<IconSearch size={14} aria-hidden />}
              value={words}
              onChange={event => setWords(event.currentTarget.value)}
              // The dialog leaves this Escape to the field: the first one ends the search, not the work.
              data-mantine-stop-propagation={words !== ''}
              onKeyDown={event => {
                if (event.key === 'Escape') setWords('');
                if (event.key === 'Enter') event.preventDefault();
              }}
            />
          )}
          <section
            className={classes.list}
            aria-label="Permissions"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard
            tabIndex={0}
            data-wrong-field={error !== undefined || undefined}
          >
            {groupPermissions(found).map(group => (
              <PermissionPickerGroup key={group.name} group={group} chosen={chosen} onTick={tick} />
            ))}
            {found.length === 0 && <p className={classes.none}>No permission has these words.</p>}
          </section>
        </div>
      )}
    </Input.Wrapper>
  );
}
