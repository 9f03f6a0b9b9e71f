import { Button } from '@mantine/core';
import classes from './frame.module.css';

interface Props {
  /** The fact. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** `bad`: it is grave. `work`: nothing needs to be done, it goes on by itself. */
  readonly tone?: 'bad' | 'work' | undefined;
  readonly action: string;
  /** Null where the admin looks at it already. */
  readonly onAction: (() => void) | null;
}

/** The banner about what can be looked after. */
export function BannerLine({ what, why, tone, action, onAction }: Props) {
  return (
    <section
      className={classes.banner}
      data-tone={tone}
      aria-label={tone === 'work' ? 'In progress' : 'Needs attention'}
    >
      <span className={`${classes.bannerText} ${classes.bannerLine}`} title={`${what} ${why}`}>
        <strong>{what}</strong> {why}
      </span>
      {onAction && (
        <Button variant="subtle" size="compact-xs" flex="none" onClick={onAction}>
          {action}
        </Button>
      )}
    </section>
  );
}
