import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

interface Props {
  readonly title: string;
  /** What stands above the page: the banner. */
  readonly above: ReactNode;
  readonly children: ReactNode;
}

/** A screen beside the keys. Its heading has the focus when the screen appears. */
export function Page({ title, above, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <div className={classes.page}>
      {above}
      <div className={classes.body}>
        <h1 ref={heading} tabIndex={-1} data-focus-home className={classes.heading}>
          {title}
        </h1>
        {children}
      </div>
    </div>
  );
}
