import { IconChevronRight } from '@tabler/icons-react';
import { memo, type Ref } from 'react';
import type { AuditEntryView } from '../../preload/contract.ts';
import { formatDateTime, formatMoment, relativeAge } from '../ui/dates.ts';
import { actionSentence } from './action-words.ts';
import classes from './audit.module.css';
import { AuditDetail } from './audit-detail.tsx';
import { subjectText } from './subject-words.ts';

interface Props {
  readonly entry: AuditEntryView;
  readonly index: number;
  /** Where it stands in the list, in pixels. */
  readonly start: number;
  readonly open: boolean;
  /** True for the one row that Tab reaches. */
  readonly home: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** True when the log shows one key's entries alone. */
  readonly oneSubject: boolean;
  readonly measure: Ref<HTMLLIElement>;
  readonly onToggle: (seq: number) => void;
  readonly onActive: (index: number) => void;
  readonly onShowKey: (key: string) => void;
  readonly onSubject: (id: string) => void;
}

/** One entry: when, who, what and on what; opened, all that it says. */
function Row(props: Props) {
  const { entry, index, start, open, home, now, oneSubject, measure } = props;
  const { onToggle, onActive, onShowKey, onSubject } = props;
  const { seq, at, actor, subject } = entry;
  const tab = home ? 0 : -1;
  const isKey = subject.kind === 'key';
  return (
    <li
      ref={measure}
      data-index={index}
      data-seq={seq}
      aria-posinset={index + 1}
      aria-setsize={-1}
      className={classes.item}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={() => onActive(index)}
    >
      <div className={classes.row}>
        <button
          type="button"
          className={classes.line}
          aria-expanded={open}
          tabIndex={tab}
          data-row={index}
          data-focus-home={home || undefined}
          onClick={() => onToggle(seq)}
        >
          <IconChevronRight size={14} aria-hidden className={classes.chevron} data-open={open || undefined} />
          <span className={classes.cut} title={formatDateTime(at)}>
            {formatMoment(at)} <span className={classes.dim}>{relativeAge(at, now)}</span>
          </span>
          <span className={classes.cut} title={actor}>
            {actor}
          </span>
          <span className={classes.cut}>{actionSentence(entry)}</span>
        </button>
        {isKey && subject.listed ? (
          <button
            type="button"
            className={`${classes.cut} ${classes.link}`}
            title={`${subject.id}: show this key`}
            tabIndex={tab}
            onClick={() => onShowKey(subject.id)}
          >
            {subjectText(subject)}
          </button>
        ) : (
          <span className={classes.cut} title={subject.id}>
            {subjectText(subject)}
          </span>
        )}
      </div>
      {open && (
        <AuditDetail
          entry={entry}
          onShowKey={isKey && subject.listed ? () => onShowKey(subject.id) : null}
          onOnlySubject={isKey && !oneSubject ? () => onSubject(subject.id) : null}
        />
      )}
    </li>
  );
}

export const AuditRow = memo(Row);
