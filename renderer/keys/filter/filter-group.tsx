import type { ReactNode } from 'react';
import classes from './filter.module.css';

/** Choices of one kind under their heading. */
export function FilterGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{title}</legend>
      {children}
    </fieldset>
  );
}
