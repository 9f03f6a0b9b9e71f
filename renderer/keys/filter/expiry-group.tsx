import { useId } from 'react';
import { EXPIRY_WINDOWS, type KeyFacets } from '../../../preload/contract.ts';
import { durationWords } from '../expiry-choice.ts';
import type { Narrowing } from '../list-view.ts';
import { FilterChoice } from './filter-choice.tsx';
import { FilterGroup } from './filter-group.tsx';

interface Props {
  readonly chosen: Narrowing['expires'];
  readonly counts: KeyFacets['expiry'] | undefined;
  readonly onChange: (chosen: Narrowing['expires']) => void;
}

/** How soon keys expire; a longer time holds the shorter ones, so there is one choice. */
export function ExpiryGroup({ chosen, counts, onChange }: Props) {
  const name = useId();
  const wordOf = (value: NonNullable<Narrowing['expires']>) =>
    value === 'never' ? 'Never' : durationWords(value);
  return (
    <FilterGroup title="Expires within">
      <FilterChoice
        label="Any time"
        single={name}
        checked={chosen === null}
        count={null}
        onChange={() => onChange(null)}
      />
      {([...EXPIRY_WINDOWS, 'never'] as const).map(value => (
        <FilterChoice
          key={value}
          label={wordOf(value)}
          single={name}
          checked={chosen === value}
          count={counts?.[value]}
          onChange={() => onChange(value)}
        />
      ))}
    </FilterGroup>
  );
}
