import type { ReactNode } from 'react';
import classes from './tag.module.css';

/** A small label in a row: a permission, or a word of warning. */
export function Tag({
  children,
  tone,
  title,
}: {
  children: ReactNode;
  tone?: 'quiet' | 'warn' | 'bad';
  title?: string;
}) {
  return (
    <span className={classes.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
