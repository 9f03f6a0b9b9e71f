import { Checkbox } from '@mantine/core';
import { KEY_FIELDS, type KeyField } from '../../preload/contract.ts';
import classes from './exchange.module.css';
import { FIELD_TITLES } from './field-titles.ts';

interface Props {
  /** In the order of the file. */
  readonly columns: readonly KeyField[];
  readonly onChange: (columns: readonly KeyField[]) => void;
}

/** What an inventory says of each key. */
export function InventoryColumns({ columns, onChange }: Props) {
  const all = columns.length === KEY_FIELDS.length;
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>Columns</legend>
      <Checkbox
        label="All columns"
        checked={all}
        indeterminate={!all && columns.length > 0}
        onChange={() => onChange(all ? [] : KEY_FIELDS)}
      />
      <div className={classes.columns}>
        {KEY_FIELDS.map(field => (
          <Checkbox
            key={field}
            label={FIELD_TITLES[field]}
            checked={columns.includes(field)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(KEY_FIELDS.filter(each => (each === field ? checked : columns.includes(each))))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
