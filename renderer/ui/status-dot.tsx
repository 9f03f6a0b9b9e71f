import type { Status } from '../../preload/contract.ts';
import classes from './status-dot.module.css';

const WORDS: Readonly<Record<Status, string>> = {
  active: 'Active',
  disabled: 'Disabled',
  expired: 'Expired',
  revoked: 'Revoked',
};

export function statusWord(status: Status): string {
  return WORDS[status];
}

/** A key's status as a dot and its word. */
export function StatusDot({ status }: { status: Status }) {
  return (
    <span className={classes.status} data-status={status}>
      {WORDS[status]}
    </span>
  );
}
