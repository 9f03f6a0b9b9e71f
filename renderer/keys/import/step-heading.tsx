import { type ReactNode, useEffect, useRef } from 'react';
import classes from './import.module.css';

/** What a step is about. It takes the focus when the step appears: what had it is gone. */
export function StepHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h2 ref={heading} tabIndex={-1} className={classes.heading}>
      {children}
    </h2>
  );
}
