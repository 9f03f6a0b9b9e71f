import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

interface Props {
  readonly title: string;
  /** What stands above the page: the banner. */
  readonly above: ReactNode;
  /** What stands beside the heading. */
  readonly actions?: ReactNode;
  /** Whether its content fills the window and scrolls by itself. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** A screen beside the keys. Its heading has the focus when the screen appears. */
export function Page({ title, above, actions, fill = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <div className={classes.page} data-fill={fill || undefined}>
      {above}
      <div className={classes.body}>
        <div className={classes.head}>
          <h1 ref={heading} tabIndex={-1} data-focus-home className={classes.heading}>
            {title}
          </h1>
          {actions}
        </div>
        {children}
      </div>
    </div>
  );
}
