import { Alert, Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { Refusal } from '../../../preload/contract.ts';
import { formatCount } from '../../ui/dates.ts';
import classes from './refusal-list.module.css';

interface Props {
  readonly refusals: readonly Refusal[];
  readonly asked: number;
  readonly onDeselect: (ids: readonly string[]) => void;
}

/** Every key that cannot be changed, and why; without them the others can. */
export function RefusalList({ refusals, asked, onDeselect }: Props) {
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle size={16} />} p="xs">
      Nothing was changed: {formatCount(refusals.length)} of {formatCount(asked)} keys cannot be.
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard */}
      <section className={classes.scroll} aria-label="Keys that cannot be changed" tabIndex={0}>
        <ul className={classes.list}>
          {refusals.map(({ subject, name, message }) => (
            <li key={subject}>
              <strong>{name ?? 'No key'}</strong> <span className="mono">{subject}</span>
              <div>{message}</div>
            </li>
          ))}
        </ul>
      </section>
      <Button variant="default" mt={8} onClick={() => onDeselect(refusals.map(({ subject }) => subject))}>
        Deselect these
      </Button>
    </Alert>
  );
}
