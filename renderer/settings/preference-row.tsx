import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './settings.module.css';

interface Props {
  readonly label: string;
  /** The ID of the control that the label belongs to. */
  readonly field: string;
  /** The ID by which the control is described. */
  readonly about: string;
  readonly description?: ReactNode;
  readonly wrong?: boolean;
  readonly children: ReactNode;
}

/** A preference: its name, its control, and a sentence about it. */
export function PreferenceRow({ label, field, about, description, wrong = false, children }: Props) {
  return (
    <div>
      <div className={classes.row}>
        <label htmlFor={field} className={classes.label}>
          {label}
        </label>
        {children}
      </div>
      {description !== undefined && (
        <Text id={about} size="sm" c={wrong ? 'var(--ks-bad)' : 'dimmed'} mt={4} className={classes.sentence}>
          {description}
        </Text>
      )}
    </div>
  );
}
