import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppState, CreatedBackupView } from '../../preload/contract.ts';
import { lastBackupQuery } from '../exchange/exchange-queries.ts';
import { ShowInFolder } from '../exchange/show-in-folder.tsx';
import { formatCount, formatDateTime, relativeAge } from '../ui/dates.ts';
import { PageSection } from '../ui/page-section.tsx';
import { useNow } from '../ui/use-now.ts';
import { BackupDialog } from './backup-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import classes from './settings.module.css';

/** When the last backup was made, another one, and how one is restored. */
export function BackupSection({ app }: { app: Extract<AppState, { kind: 'ready' }> }) {
  const now = useNow();
  const { data: last } = useQuery(lastBackupQuery);
  const [restoring, setRestoring] = useState(false);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<CreatedBackupView | null>(null);

  return (
    <PageSection
      title="Backup and restore"
      about="everything in one encrypted file"
      action={
        <Button variant="default" flex="none" onClick={() => setAsking(true)}>
          Back up…
        </Button>
      }
    >
      <div className={classes.card}>
        <div className={classes.part}>
          {last && (
            <p className={classes.sentence}>
              {last.at === null ? (
                'No backup was made yet.'
              ) : (
                <>
                  The last backup was made on {formatDateTime(last.at)}{' '}
                  <span className={classes.dim}>{relativeAge(last.at, now)}</span>
                </>
              )}
            </p>
          )}
          {done && (
            <section className={classes.result} aria-label="New backup">
              <div>
                <strong>The backup was written, {formatCount(Math.ceil(done.size / 1024))} KB.</strong>
                <div className={classes.path}>{done.path}</div>
              </div>
              <ShowInFolder path={done.path} />
            </section>
          )}
        </div>
        <div className={classes.part}>
          <p className={classes.sentence}>
            A restore puts the state of a backup in the place of this installation. What was refused since
            stays refused, and the data that is replaced is kept aside.
          </p>
          {app.installation.vault === 'keychain' ? (
            <div className={classes.buttons}>
              <Button variant="default" onClick={() => setRestoring(true)}>
                Restore a backup…
              </Button>
            </div>
          ) : (
            <>
              <p className={classes.sentence}>
                Where the vault is behind a passphrase, that is done with the command line, while this window
                is closed:
              </p>
              <pre className={classes.commands}>{'keysmith restore FILE'}</pre>
            </>
          )}
        </div>
      </div>
      {restoring && <RestoreDialog replaces={app.installation.name} onClose={() => setRestoring(false)} />}
      {asking && (
        <BackupDialog
          installation={app.installation.name}
          onDone={written => {
            setAsking(false);
            setDone(written);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </PageSection>
  );
}
