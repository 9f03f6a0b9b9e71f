import { Checkbox, Radio } from '@mantine/core';
import { type ReactNode, use, useId } from 'react';
import { formatCount } from '../../ui/dates.ts';
import { AtLeastContext } from './at-least-context.ts';
import classes from './filter.module.css';

interface Props {
  readonly label: string;
  readonly checked: boolean;
  /** How many keys the choice would show; undefined until it is known, null where nothing is counted. */
  readonly count: number | null | undefined;
  /** For a group in which one choice ends the other: what the group is called in the page. */
  readonly single?: string;
  readonly onChange: (checked: boolean) => void;
}

/** One choice with its count. A choice that would show nothing stays usable: the next change may fill it. */
export function FilterChoice({ label, checked, count, single, onChange }: Props) {
  const countId = useId();
  const isMore = use(AtLeastContext);
  // That there are none among some keys says nothing of the others.
  const known = isMore && count === 0 ? null : count;
  const shared = {
    label,
    checked,
    className: classes.box ?? '',
    classNames: { label: classes.label ?? '' },
    ...(known == null ? {} : { 'aria-describedby': countId }),
  };
  return (
    <div className={classes.choice} data-none={known === 0 || undefined}>
      {single === undefined ? (
        <Checkbox {...shared} onChange={event => onChange(event.currentTarget.checked)} />
      ) : (
        <Radio {...shared} size="xs" name={single} onChange={() => onChange(true)} />
      )}
      <Count id={countId}>{known == null ? null : formatCount(known, isMore)}</Count>
    </div>
  );
}

function Count({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span id={id} className={classes.count}>
      {children}
    </span>
  );
}
