import type { ReactNode } from 'react';
import classes from './dialog.module.css';

/** The row of buttons that ends a dialog; it stays in view when the content scrolls. */
export function DialogFooter({ children, start }: { children: ReactNode; start?: ReactNode }) {
  return (
    <div className={classes.footer}>
      <div className={classes.start}>{start}</div>
      {children}
    </div>
  );
}
