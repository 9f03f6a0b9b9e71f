import { Checkbox, Radio } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { formatCount } from '../../ui/dates.ts';
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
  const shared = {
    label,
    checked,
    className: classes.box ?? '',
    classNames: { label: classes.label ?? '' },
    ...(count == null ? {} : { 'aria-describedby': countId }),
  };
  return (
    <div className={classes.choice} data-none={count === 0 || undefined}>
      {single === undefined ? (
        <Checkbox {...shared} onChange={event => onChange(event.currentTarget.checked)} />
      ) : (
        <Radio {...shared} size="xs" name={single} onChange={() => onChange(true)} />
      )}
      <Count id={countId}>{count == null ? null : formatCount(count)}</Count>
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
