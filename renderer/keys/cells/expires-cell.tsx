import type { KeyView } from '../../../preload/contract.ts';
import { formatDate, formatDateTime, relativeAge } from '../../ui/dates.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './cells.module.css';

/** The day on which a key expires, and how far that is. */
export function ExpiresCell({ keyView: { expiresAt } }: { keyView: Pick<KeyView, 'expiresAt'> }) {
  const now = useNow();
  if (expiresAt === null) return <span className={classes.dim}>Never</span>;
  return (
    <span className={classes.expires} title={`${formatDateTime(expiresAt)}, ${relativeAge(expiresAt, now)}`}>
      <span>{formatDate(expiresAt)}</span> <span className={classes.age}>{relativeAge(expiresAt, now)}</span>
    </span>
  );
}
