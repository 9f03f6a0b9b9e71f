import { Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyCount, ServiceView } from '../../preload/contract.ts';
import { countQuery } from '../keys/key-queries.ts';
import { isNarrowed, toKeyFilter } from '../keys/list-view.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { formatCount } from '../ui/dates.ts';
import type { ExportPlace, InventoryChoice } from './export-place.ts';
import { filterWords } from './filter-words.ts';

interface Props {
  readonly at: ExportPlace;
  readonly services: readonly ServiceView[];
  readonly onChange: (keys: InventoryChoice) => void;
}

interface Choice {
  readonly value: InventoryChoice;
  readonly label: string;
  /** Undefined until it is known. */
  readonly count: KeyCount | undefined;
  readonly words: string;
}

/** Which keys an inventory lists, and how many they are. */
export function InventoryKeys({ at: { keys, listed, picked }, services, onChange }: Props) {
  const narrowed = isNarrowed(listed) || listed.service !== null;
  const { data: all } = useQuery(countQuery({}));
  const { data: inList } = useQuery({ ...countQuery(toKeyFilter(listed)), enabled: narrowed });
  const [first] = services;
  const slug = listed.service ?? (services.length === 1 && first ? first.slug : null);
  const { data: service } = useQuery({ ...serviceQuery(slug ?? ''), enabled: narrowed && slug !== null });
  const title = services.find(each => each.slug === slug)?.title ?? 'All services';
  const choices: readonly Choice[] = [
    ...(picked.length > 0
      ? [
          {
            value: 'picked' as const,
            label: 'The keys you picked',
            count: { keys: picked.length, isMore: false },
            words: pickedWords(picked),
          },
        ]
      : []),
    ...(narrowed
      ? [
          {
            value: 'listed' as const,
            label: 'The keys of the list',
            count: inList,
            words: `${filterWords(listed, title, service?.catalog)}.`,
          },
        ]
      : []),
    { value: 'all', label: 'All keys', count: all, words: 'Every key of every service.' },
  ];
  return (
    <Radio.Group
      label="Keys"
      value={keys}
      onChange={next => onChange(choices.find(({ value }) => value === next)?.value ?? 'all')}
    >
      <Stack gap={8} mt={8}>
        {choices.map(({ value, label, count, words }) => (
          <Radio
            key={value}
            size="xs"
            value={value}
            iconColor="var(--ks-on-fill)"
            label={count === undefined ? label : `${label} (${formatCount(count.keys, count.isMore)})`}
            description={words}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function pickedWords({ length }: readonly string[]): string {
  return length === 1 ? 'The one that was selected in the list.' : 'Those that were selected in the list.';
}
