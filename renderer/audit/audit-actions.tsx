import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { AuditReportView, ExportedAuditView } from '../../preload/contract.ts';
import type { ExportRun } from '../exchange/use-export.ts';
import { useFocusAfterWork } from '../ui/use-focus-after-work.ts';
import { WorkButton } from '../ui/work-button.tsx';
import classes from './audit.module.css';
import { type AuditView, isWholeLog } from './audit-view.ts';
import { entriesWord, exportedWords, reportWords } from './outcome-words.ts';
import type { AuditLog } from './use-audit-log.ts';

interface Props {
  readonly view: AuditView;
  readonly log: AuditLog;
  readonly verification: ExportRun<AuditReportView>;
  readonly exporting: ExportRun<ExportedAuditView>;
}

/** How many entries are shown, and what can be done with the log as a whole. */
export function AuditActions({ view, log, verification, exporting }: Props) {
  const [sign, setSign] = useState(false);
  const verifyButton = useFocusAfterWork(verification.working);
  const exportButton = useFocusAfterWork(exporting.working);
  return (
    <div className={classes.actions}>
      <span className={classes.count} role="status">
        {countWords(view, log)}
      </span>
      <WorkButton
        ref={verifyButton}
        variant="default"
        working={verification.working}
        onClick={() => verification.start(id => window.keysmith.audit.verify({ id }), reportWords)}
      >
        Verify
      </WorkButton>
      <span className={classes.divider} aria-hidden />
      <Checkbox
        label="Signed"
        title="A second file, ending in .jws, proves to whoever has trust.json that the log is from here and unchanged."
        checked={sign}
        onChange={event => setSign(event.currentTarget.checked)}
      />
      <WorkButton
        ref={exportButton}
        variant="default"
        working={exporting.working}
        onClick={() => exporting.start(id => window.keysmith.audit.export({ id, sign }), exportedWords)}
      >
        Export…
      </WorkButton>
    </div>
  );
}

function countWords(view: AuditView, { entries, total, more, loaded }: AuditLog): string {
  const count = isWholeLog(view) ? total : loaded ? entries.length : undefined;
  if (count === undefined) return '';
  return isWholeLog(view) || !more ? entriesWord(count) : `${entriesWord(count)} so far`;
}
