import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { KINDS, type ServiceView, STATUSES } from '../../../preload/contract.ts';
import { statusWord } from '../../ui/status-dot.tsx';
import { kindWord } from '../cells/kind-word.tsx';
import { facetsQuery } from '../key-queries.ts';
import { type ListView, type Narrowing, toKeyFilter } from '../list-view.ts';
import { AddressField } from './address-field.tsx';
import { AtLeastContext } from './at-least-context.ts';
import { ChoiceGroup } from './choice-group.tsx';
import { ExpiryGroup } from './expiry-group.tsx';
import classes from './filter.module.css';
import { FilterChoice } from './filter-choice.tsx';
import { FilterGroup } from './filter-group.tsx';
import { GrantGroup } from './grant-group.tsx';

interface Props {
  readonly view: ListView;
  readonly services: readonly ServiceView[];
  /** Whether the page of this view is there: counts are asked for after it, never before. */
  readonly settled: boolean;
  readonly onChange: (change: Partial<Narrowing>) => void;
}

const IPS = ['set', 'unset'] as const;
const IP_WORDS = { set: 'Set', unset: 'Not set' } as const;

const GRANTS = ['roles', 'permissions'] as const;

/** What needs an admin, by the name of its filter. */
const NEEDS = [
  ['unsaved', 'Not saved'],
  ['overdue', 'Rotation overdue'],
  ['exposed', 'Private-only permissions'],
] as const;

/** Narrows the list, and says beside each choice how many keys it would show. */
export function FilterPanel({ view, services, settled, onChange }: Props) {
  const { data: facets, isFetching } = useQuery({
    ...facetsQuery(toKeyFilter(view)),
    enabled: settled,
    placeholderData: keepPreviousData,
  });
  const [first] = services;
  const service = view.service ?? (services.length === 1 && first ? first.slug : null);
  const creators = [...new Set([...(facets?.createdBy.map(({ name }) => name) ?? []), ...view.createdBy])];

  return (
    <AtLeastContext value={facets?.isMore ?? false}>
      <div className={classes.groups} data-old={!settled || isFetching || undefined}>
        <ChoiceGroup
          title="Status"
          values={STATUSES}
          chosen={view.statuses}
          wordOf={statusWord}
          countOf={status => facets?.statuses[status]}
          onChange={statuses => onChange({ statuses })}
        />
        <FilterGroup title="Needs attention">
          {NEEDS.map(([need, label]) => (
            <FilterChoice
              key={need}
              label={label}
              checked={view[need]}
              count={facets?.[need]}
              onChange={checked => onChange({ [need]: checked })}
            />
          ))}
        </FilterGroup>
        <ChoiceGroup
          title="Kind"
          values={KINDS}
          chosen={view.kinds}
          wordOf={kindWord}
          countOf={kind => facets?.kinds[kind]}
          onChange={kinds => onChange({ kinds })}
        />
        <ExpiryGroup
          chosen={view.expires}
          counts={facets?.expiry}
          onChange={expires => onChange({ expires })}
        />
        {service !== null &&
          GRANTS.map(of => (
            <GrantGroup
              key={`${service} ${of}`}
              of={of}
              service={service}
              chosen={view[of]}
              counts={facets?.[of]}
              onChange={chosen => onChange({ [of]: chosen })}
            />
          ))}
        <div>
          <ChoiceGroup
            title="Allowed IPs"
            values={IPS}
            chosen={view.ips}
            wordOf={choice => IP_WORDS[choice]}
            countOf={choice => facets?.ips[choice]}
            onChange={ips => onChange({ ips })}
          />
          <AddressField value={view.admits} onChange={admits => onChange({ admits })} />
        </div>
        {creators.length > 0 && (
          <ChoiceGroup
            title="Created by"
            values={creators}
            chosen={view.createdBy}
            wordOf={name => name}
            countOf={name => facets && (facets.createdBy.find(each => each.name === name)?.keys ?? 0)}
            onChange={createdBy => onChange({ createdBy })}
          />
        )}
      </div>
    </AtLeastContext>
  );
}
