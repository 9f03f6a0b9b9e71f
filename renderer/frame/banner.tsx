import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AppState, ServiceView } from '../../preload/contract.ts';
import { countQuery } from '../keys/key-queries.ts';
import { formatCount } from '../ui/dates.ts';
import classes from './frame.module.css';

interface Props {
  readonly app: Extract<AppState, { kind: 'ready' }>;
  readonly services: readonly ServiceView[];
  readonly onReview: () => void;
}

/** Keys of which it still matters that nobody confirmed their secret. */
const UNSAVED = { unsaved: true, statuses: ['active', 'disabled', 'expired'] } as const;

/** What needs an admin: one thing at a time, the gravest first. */
export function Banner({ app, services, onReview }: Props) {
  const { data: unsaved = 0 } = useQuery(countQuery({ ...UNSAVED, statuses: [...UNSAVED.statuses] }));
  const tampered = services.filter(service => service.tampered).map(({ title }) => title);
  if (app.logShortened) {
    return (
      <div className={classes.banner} data-tone="bad" role="alert">
        <span className={classes.bannerText}>
          <strong>The audit log was shortened.</strong> It no longer reaches the last entry that was saved
          outside the database: find out who replaced the data folder, and restore a backup.
        </span>
      </div>
    );
  }
  if (tampered.length > 0) {
    return (
      <div className={classes.banner} data-tone="bad" role="alert">
        <span className={classes.bannerText}>
          <strong>Changed outside Keysmith: {tampered.join(', ')}.</strong> Nothing is issued from what does
          not hold its seal. Restore a backup.
        </span>
      </div>
    );
  }
  if (unsaved === 0) return null;
  return (
    <div className={classes.banner}>
      <span className={classes.bannerText}>
        <strong>
          {unsaved === 1 ? '1 key is not saved.' : `${formatCount(unsaved)} keys are not saved.`}
        </strong>{' '}
        Nobody confirmed that {unsaved === 1 ? 'its secret was' : 'their secrets were'} kept.
      </span>
      <Button variant="subtle" size="compact-xs" onClick={onReview}>
        Review
      </Button>
    </div>
  );
}
