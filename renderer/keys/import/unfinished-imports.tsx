import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UnfinishedImport } from '../../../preload/contract.ts';
import { formatCount, formatDateTime, relativeAge } from '../../ui/dates.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useNow } from '../../ui/use-now.ts';
import { WorkButton } from '../../ui/work-button.tsx';
import { EndImportDialog } from './end-import-dialog.tsx';
import classes from './import.module.css';
import { unfinishedQuery } from './import-queries.ts';
import { useImportRun } from './import-run.ts';
import { keysWords } from './import-words.ts';
import { resumeImport } from './resume-import.ts';

/** Bulk issues that were begun and not ended, each with what goes on with it. */
export function UnfinishedImports({ titleOf }: { titleOf: (slug: string) => string }) {
  const { data: unfinished = [] } = useQuery(unfinishedQuery);
  const now = useNow();
  const run = useImportRun();
  const [ending, setEnding] = useState<UnfinishedImport | null>(null);
  if (unfinished.length === 0) return null;
  const asking = run.kind === 'asking' ? run.subject.resumes : null;
  const refused = run.kind === 'refused' && run.subject.resumes !== null ? run.problem : null;

  return (
    <section className={classes.card} aria-labelledby="unfinished-imports">
      <h2 id="unfinished-imports" className={classes.heading}>
        Not finished
      </h2>
      <ul className={classes.unfinished}>
        {unfinished.map(each => (
          <li key={each.id} className={classes.unfinishedRow}>
            <div className={classes.unfinishedText}>
              <strong>{each.file}</strong> for {titleOf(each.service)}: {formatCount(each.done)} of{' '}
              {keysWords(each.rows)} {each.done === 1 ? 'is' : 'are'} issued.{' '}
              <span className={classes.dim} title={formatDateTime(each.startedAt)}>
                Begun {relativeAge(each.startedAt, now)} by {each.startedBy}.
              </span>
              <div className={classes.dim}>
                {placeWords(each)} <span className={classes.path}>{each.out}</span>
              </div>
            </div>
            <Button
              variant="subtle"
              flex="none"
              disabled={asking !== null}
              aria-label={`End here… (${each.file})`}
              onClick={() => setEnding(each)}
            >
              End here…
            </Button>
            <WorkButton
              working={asking === each.id}
              disabled={asking !== null}
              variant="default"
              flex="none"
              aria-label={`Resume ${each.file}…`}
              onClick={() => resumeImport(each)}
            >
              Resume…
            </WorkButton>
          </li>
        ))}
      </ul>
      <ProblemAlert problem={refused} />
      {ending && <EndImportDialog unfinished={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

function placeWords({ encrypted }: UnfinishedImport): string {
  return encrypted ? 'When it is finished, its secrets are in' : 'Its secrets are in';
}
