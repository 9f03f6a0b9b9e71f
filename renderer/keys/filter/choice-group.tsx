import { FilterChoice } from './filter-choice.tsx';
import { FilterGroup } from './filter-group.tsx';

interface Props<Value extends string> {
  readonly title: string;
  readonly values: readonly Value[];
  readonly chosen: readonly Value[];
  readonly wordOf: (value: Value) => string;
  readonly countOf: (value: Value) => number | undefined;
  readonly onChange: (chosen: Value[]) => void;
}

/** A group of which any number can be ticked: keys that meet one of them are shown. */
export function ChoiceGroup<Value extends string>(props: Props<Value>) {
  const { title, values, chosen, wordOf, countOf, onChange } = props;
  return (
    <FilterGroup title={title}>
      {values.map(value => (
        <FilterChoice
          key={value}
          label={wordOf(value)}
          checked={chosen.includes(value)}
          count={countOf(value)}
          onChange={checked =>
            onChange(values.filter(each => (each === value ? checked : chosen.includes(each))))
          }
        />
      ))}
    </FilterGroup>
  );
}
