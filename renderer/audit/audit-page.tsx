import { Button, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { AuditReportView, ExportedAuditView } from '../../preload/contract.ts';
import { useExport } from '../exchange/use-export.ts';
import { LoadingScreen } from '../ui/loading-screen.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import classes from './audit.module.css';
import { AuditActions } from './audit-actions.tsx';
import { AuditExportResult } from './audit-export-result.tsx';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { AuditList } from './audit-list.tsx';
import { type AuditView, toAuditFilter, WHOLE_LOG } from './audit-view.ts';
import { OutcomeCard } from './outcome-card.tsx';
import { exportingWords, verifyingWords } from './outcome-words.ts';
import { useAuditLog } from './use-audit-log.ts';
import { VerificationResult } from './verification-result.tsx';

interface Props {
  readonly view: AuditView;
  /** What stands above the page: the banner. */
  readonly above: ReactNode;
  readonly onView: (change: Partial<AuditView>) => void;
  readonly onShowKey: (key: string) => void;
}

/** The log of every change: who, when, what, before and after; its verification and its export. */
export function AuditPage({ view, above, onView, onShowKey }: Props) {
  const [atTop, setAtTop] = useState(true);
  const log = useAuditLog(view, atTop);
  const verification = useExport<AuditReportView>('The verification was cancelled.');
  const exporting = useExport<ExportedAuditView>();
  const nothing = log.loaded && log.entries.length === 0 && !log.more;

  return (
    <Page
      title="Audit"
      above={above}
      fill
      actions={<AuditActions view={view} log={log} verification={verification} exporting={exporting} />}
    >
      <OutcomeCard
        title="Verification"
        run={verification}
        cancelled="Cancelled: nothing was found out."
        words={verifyingWords}
      >
        {report => <VerificationResult report={report} />}
      </OutcomeCard>
      <OutcomeCard
        title="Export"
        run={exporting}
        cancelled="Cancelled: nothing was written."
        words={exportingWords}
      >
        {done => <AuditExportResult done={done} />}
      </OutcomeCard>
      <AuditFilterBar view={view} log={log} onView={onView} />
      <section className={classes.log} aria-label="Log" aria-busy={log.slow}>
        {log.newer && !atTop && (
          <Button className={classes.newer ?? ''} size="compact-xs" onClick={log.showNewer}>
            Show newer entries
          </Button>
        )}
        <ProblemAlert problem={log.problem} />
        {!log.loaded && !log.problem && <LoadingScreen />}
        {log.loaded && !nothing && (
          <AuditList
            key={JSON.stringify(toAuditFilter(view))}
            log={log}
            oneSubject={
              log.entries.length > 0 && log.entries.every(({ subject }) => subject.id === view.text.trim())
            }
            onAtTop={setAtTop}
            onShowKey={onShowKey}
            onSubject={id => onView({ ...WHOLE_LOG, text: id })}
          />
        )}
        {nothing && <NothingFound onClear={() => onView(WHOLE_LOG)} />}
      </section>
    </Page>
  );
}

/** In the place of the list, when nothing matches. */
function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <div className={classes.empty}>
      <Stack gap={6} align="center" maw={380}>
        <Title order={2} fz={15} fw={600}>
          Nothing found
        </Title>
        <Text size="sm" c="dimmed" ta="center">
          No entry of the log is of this action, operator and time and has these words in its subject, before
          or after.
        </Text>
        <Button variant="default" mt={8} onClick={onClear}>
          Show the whole log
        </Button>
      </Stack>
    </div>
  );
}
