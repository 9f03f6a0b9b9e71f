import { Button, NativeSelect } from '@mantine/core';
import { AUDIT_ACTIONS } from '../../preload/contract.ts';
import { ACTION_GROUPS } from './action-words.ts';
import classes from './audit.module.css';
import { type AuditView, isWholeLog, WHOLE_LOG } from './audit-view.ts';
import { AuditWordsField } from './audit-words-field.tsx';
import { DayField } from './day-field.tsx';
import type { AuditLog } from './use-audit-log.ts';

interface Props {
  readonly view: AuditView;
  readonly log: AuditLog;
  readonly onView: (change: Partial<AuditView>) => void;
}

/** What the log is narrowed by. */
export function AuditFilterBar({ view, log, onView }: Props) {
  const { action, actor, text, since, until } = view;
  return (
    <search className={classes.bar}>
      <NativeSelect
        aria-label="Action"
        flex="0 2 230px"
        miw={120}
        data={[{ value: '', label: 'Every action' }, ...ACTION_GROUPS]}
        value={action ?? ''}
        onChange={event =>
          onView({ action: AUDIT_ACTIONS.find(each => each === event.currentTarget.value) ?? null })
        }
      />
      <NativeSelect
        aria-label="Operator"
        flex="0 1 130px"
        miw={90}
        data={[{ value: '', label: 'Everyone' }, ...log.actors]}
        value={actor ?? ''}
        onChange={event => onView({ actor: event.currentTarget.value || null })}
      />
      <AuditWordsField value={text} onChange={next => onView({ text: next })} />
      <DayField label="From" value={since} onChange={next => onView({ since: next })} />
      <DayField label="To" value={until} onChange={next => onView({ until: next })} />
      {!isWholeLog(view) && (
        <Button variant="subtle" size="compact-xs" flex="none" onClick={() => onView(WHOLE_LOG)}>
          Clear
        </Button>
      )}
    </search>
  );
}
