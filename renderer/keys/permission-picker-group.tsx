import { Checkbox } from '@mantine/core';
import type { PermissionGroup } from './permission-groups.ts';
import classes from './permission-picker.module.css';

interface Props {
  readonly group: PermissionGroup;
  readonly chosen: ReadonlySet<string>;
  readonly onTick: (ids: readonly string[], on: boolean) => void;
}

/** One group of permissions with a checkbox for all of it. */
export function PermissionPickerGroup({ group: { name, members }, chosen, onTick }: Props) {
  const ids = members.map(({ id }) => id);
  const ticked = ids.filter(id => chosen.has(id)).length;
  return (
    <fieldset className={classes.group} aria-label={name}>
      <Checkbox
        label={name}
        aria-label={`All of ${name}`}
        classNames={{ label: classes.groupLabel ?? '' }}
        checked={ticked === ids.length}
        indeterminate={ticked > 0 && ticked < ids.length}
        onChange={() => onTick(ids, ticked < ids.length)}
      />
      {members.map(({ id, title, description }) => (
        <Checkbox
          key={id}
          className={classes.member ?? ''}
          label={
            <>
              {title} <span className={classes.id}>{id}</span>
            </>
          }
          aria-label={title}
          description={description === '' ? undefined : description}
          checked={chosen.has(id)}
          onChange={event => onTick([id], event.currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}
