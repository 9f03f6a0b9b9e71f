import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { serviceQuery } from '../../services/service-queries.ts';
import { searchEntries } from '../permission-groups.ts';
import classes from './filter.module.css';
import { FilterChoice } from './filter-choice.tsx';
import { FilterGroup } from './filter-group.tsx';

interface Props {
  readonly of: 'permissions' | 'roles';
  /** Slug of the service whose permissions or roles these are. */
  readonly service: string;
  readonly chosen: readonly string[];
  readonly counts: Readonly<Record<string, number>> | undefined;
  readonly onChange: (chosen: string[]) => void;
}

/** From so many entries on, there is a search, and only the first ones are shown. */
const MANY = 9;
const FIRST = 5;

const WORDS = { permissions: 'permission', roles: 'role' } as const;

/** What keys may do, in the catalog's order; entries that left the catalog last, while keys still hold them. */
export function GrantGroup({ of, service, chosen, counts, onChange }: Props) {
  const { data } = useQuery(serviceQuery(service));
  const [words, setWords] = useState('');
  const [all, setAll] = useState(false);
  const word = WORDS[of];
  const known = data?.catalog[of] ?? [];
  const knownIds = new Set(known.map(({ id }) => id));
  const held = Object.entries(counts ?? {}).flatMap(([id, count]) => (count > 0 ? id : []));
  const gone = [...new Set([...held, ...chosen])].filter(id => !knownIds.has(id));
  const entries = [...known, ...gone.map(id => ({ id, title: id, description: '' }))];
  const many = entries.length >= MANY;
  const found = searchEntries(entries, words);
  const short = many && !all && words === '';
  const shown = short ? found.filter(({ id }, nth) => nth < FIRST || chosen.includes(id)) : found;
  if (!data || entries.length === 0) return null;

  function change(id: string, checked: boolean) {
    onChange(checked ? [...chosen, id] : chosen.filter(each => each !== id));
  }

  return (
    <FilterGroup title={`${word.charAt(0).toUpperCase()}${word.slice(1)}`}>
      {many && (
        <TextInput
          aria-label={`Search ${of} to filter by`}
          placeholder="Search"
          mb={4}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={words}
          onChange={event => setWords(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key !== 'Escape' || words === '') return;
            event.stopPropagation();
            setWords('');
          }}
        />
      )}
      {shown.map(({ id, title }) => (
        <FilterChoice
          key={id}
          label={title}
          checked={chosen.includes(id)}
          count={counts ? (counts[id] ?? 0) : undefined}
          onChange={checked => change(id, checked)}
        />
      ))}
      {found.length === 0 && <p className={classes.none}>No {word} has these words.</p>}
      {many && words === '' && (
        <Button
          variant="subtle"
          size="compact-xs"
          className={classes.more ?? ''}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? 'Show fewer' : `Show ${found.length - shown.length} more`}
        </Button>
      )}
    </FilterGroup>
  );
}
