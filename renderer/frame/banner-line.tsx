import { Button } from '@mantine/core';
import classes from './frame.module.css';

interface Props {
  /** The fact. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  readonly bad: boolean;
  readonly action: string;
  /** Null where the admin looks at it already. */
  readonly onAction: (() => void) | null;
}

/** The banner about what can be looked after. */
export function BannerLine({ what, why, bad, action, onAction }: Props) {
  return (
    <section className={classes.banner} data-tone={bad ? 'bad' : undefined} aria-label="Needs attention">
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
