import { type ReactNode, useId } from 'react';
import classes from './page-section.module.css';

interface Props {
  readonly title: string;
  /** What it is about, in a few words. */
  readonly about?: string;
  /** What can be done, beside the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen under a heading of its own. */
export function PageSection({ title, about, action, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {about && <span className={classes.dim}>{about}</span>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
