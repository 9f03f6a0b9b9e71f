import { Button } from '@mantine/core';
import type { KeyDetail } from '../../preload/contract.ts';
import { useGoToAudit } from '../audit/go-to-audit.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { useNow } from '../ui/use-now.ts';
import { actionWord, changesOf } from './history-words.ts';
import classes from './key-panel.module.css';

/** What was done with a key, the newest first. */
export function KeyHistory({ detail: { key, history } }: { detail: KeyDetail }) {
  const now = useNow();
  const goToAudit = useGoToAudit();
  return (
    <>
      <ul className={classes.list}>
        {history.map(entry => (
          <li key={entry.seq}>
            <div>
              {actionWord(entry)} by {entry.actor}
            </div>
            <div className={classes.dim} title={formatDateTime(entry.at)}>
              {formatDateTime(entry.at)} · {relativeAge(entry.at, now)}
            </div>
            {changesOf(entry).map(({ field, before, after }) => (
              <div key={field} className={classes.change}>
                {field}: {before !== null && `${before} → `}
                {after}
              </div>
            ))}
          </li>
        ))}
      </ul>
      <Button mt={10} variant="default" onClick={() => goToAudit(key.id)}>
        Show in the audit log
      </Button>
    </>
  );
}
