import { Checkbox, Stack } from '@mantine/core';
import { STATUSES } from '../../preload/contract.ts';
import { statusWord } from '../ui/status-dot.tsx';
import type { ListView } from './list-view.ts';
import classes from './status-filter.module.css';

interface Props {
  readonly view: Pick<ListView, 'statuses' | 'unsaved'>;
  readonly onChange: (change: Partial<Pick<ListView, 'statuses' | 'unsaved'>>) => void;
}

/** Narrows the list by status, and to the keys whose secret nobody confirmed. */
export function StatusFilter({ view: { statuses, unsaved }, onChange }: Props) {
  return (
    <div className={classes.groups}>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>Status</legend>
        <Stack gap={8}>
          {STATUSES.map(status => (
            <Checkbox
              key={status}
              label={statusWord(status)}
              checked={statuses.includes(status)}
              onChange={event =>
                onChange({
                  statuses: event.currentTarget.checked
                    ? STATUSES.filter(each => each === status || statuses.includes(each))
                    : statuses.filter(each => each !== status),
                })
              }
            />
          ))}
        </Stack>
      </fieldset>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>Secret</legend>
        <Checkbox
          label="Not saved"
          checked={unsaved}
          onChange={event => onChange({ unsaved: event.currentTarget.checked })}
        />
      </fieldset>
    </div>
  );
}
