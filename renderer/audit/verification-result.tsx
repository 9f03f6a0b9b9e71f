import { IconCircleCheck } from '@tabler/icons-react';
import type { AuditReportView } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import classes from './audit.module.css';
import { reportWords } from './outcome-words.ts';

/** What a verification found: that all is well, or each thing that does not hold. */
export function VerificationResult({ report }: { report: AuditReportView }) {
  const { ok, head, findings, found } = report;
  if (ok) {
    return (
      <p className={classes.good}>
        <IconCircleCheck size={16} aria-hidden />
        <span>
          {reportWords(report)}{' '}
          <span className={classes.dim}>
            Head: entry {formatCount(head.seq)}, MAC{' '}
            <span className="mono" title={head.mac}>
              {head.mac.slice(0, 12)}…
            </span>
          </span>
        </span>
      </p>
    );
  }
  return (
    <>
      <p className={classes.bad}>{reportWords(report)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keyboard */}
      <ul className={classes.findings} tabIndex={0} aria-label="Findings">
        {findings.map(({ subject, message }, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two findings may say the same
          <li key={`${nth} ${subject}`}>{message}</li>
        ))}
        {found > findings.length && <li>… and {formatCount(found - findings.length)} more.</li>}
      </ul>
      <p className={classes.dim}>
        What does not hold was changed outside Keysmith. Find out who had access to the data folder, and
        restore a backup.
      </p>
    </>
  );
}
