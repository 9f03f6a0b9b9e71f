import { Button } from '@mantine/core';
import { useId } from 'react';
import type { AuditEntryView } from '../../preload/contract.ts';
import { formatCount, formatDateTime, relativeAge } from '../ui/dates.ts';
import { Tag } from '../ui/tag.tsx';
import classes from './audit-detail.module.css';
import { membersOf } from './audit-members.ts';
import { KIND_WORDS } from './subject-words.ts';

interface Props {
  readonly entry: AuditEntryView;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Null when the key is not on the list, or it is no key. */
  readonly onShowKey: (() => void) | null;
  /** Null when they are shown already. */
  readonly onOnlySubject: (() => void) | null;
}

/** An entry with everything that it says. */
export function AuditDetail({ entry, now, onShowKey, onOnlySubject }: Props) {
  const { seq, at, action, subject, before } = entry;
  const members = membersOf(entry);
  const title = useId();
  return (
    <section className={classes.detail} aria-labelledby={title}>
      <p id={title} className={classes.title}>
        Entry {formatCount(seq)} · <span className="mono">{action}</span> · {formatDateTime(at)} (
        {relativeAge(at, now)})
      </p>
      <p className={classes.subjectLine}>
        {KIND_WORDS[subject.kind] ?? subject.kind} <span className="mono">{subject.id}</span>{' '}
        {subject.kind === 'key' && !subject.listed && <Tag tone="quiet">Not on the list any more</Tag>}
      </p>
      {members.length > 0 && (
        <table className={classes.members}>
          <thead>
            <tr>
              <th scope="col">Member</th>
              {before !== null && <th scope="col">Before</th>}
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {members.map(each => (
              <tr key={each.member}>
                <th scope="row">{each.field}</th>
                {before !== null && <td>{each.before ?? '–'}</td>}
                <td>{each.after ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(onShowKey || onOnlySubject) && (
        <div className={classes.actions}>
          {onShowKey && (
            <Button variant="default" size="compact-xs" onClick={onShowKey}>
              Show key
            </Button>
          )}
          {onOnlySubject && (
            <Button variant="default" size="compact-xs" onClick={onOnlySubject}>
              Only entries of this key
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
