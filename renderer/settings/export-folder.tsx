import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import type { Preferences } from '../../preload/contract.ts';
import { announce } from '../ui/announcer.tsx';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import { preferencesQuery } from './preferences-query.ts';
import classes from './settings.module.css';
import { usePreferences } from './use-preferences.ts';

/** The folder that dialogs for exports begin in; it is chosen in the system's own dialog. */
export function ExportFolder() {
  const { exportFolder } = usePreferences();
  const client = useQueryClient();
  const label = useId();

  function follow(answer: Promise<Preferences | null>, words: (folder: string | null) => string) {
    answer
      .then(kept => {
        if (!kept) return;
        client.setQueryData(preferencesQuery.queryKey, kept);
        announce(words(kept.exportFolder));
      })
      .catch((error: unknown) => notifyProblem(problemOf(error)));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame around the row
    <div role="group" aria-labelledby={label}>
      <div className={classes.row}>
        <span id={label} className={classes.label}>
          Exports go to
        </span>
        {exportFolder !== null && <span className={classes.folder}>{exportFolder}</span>}
        <div className={classes.tight}>
          <Button
            variant="default"
            flex="none"
            onClick={() =>
              follow(
                call(window.keysmith.settings.chooseExportFolder()),
                folder => `Exports go to ${folder}.`,
              )
            }
          >
            Choose a folder…
          </Button>
          {exportFolder !== null && (
            <Button
              variant="subtle"
              color="gray"
              flex="none"
              onClick={() =>
                follow(call(window.keysmith.settings.forgetExportFolder()), () => 'Exports go anywhere.')
              }
            >
              Forget
            </Button>
          )}
        </div>
      </div>
      <p className={`${classes.sentence} ${classes.dim}`}>
        Where the dialogs for inventories, bundles, the audit log, public keys and backups begin. Those for
        secrets begin elsewhere.
      </p>
    </div>
  );
}
