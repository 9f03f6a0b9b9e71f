import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import { createFileBackground } from '../exchange/background.ts';
import { type RestoredInstallation, restoreBackup } from '../exchange/restore-backup.ts';
import { restoredSentences } from '../exchange/restored-sentences.ts';
import { KeysmithError } from '../keys/errors.ts';
import { formatTime } from '../keys/expiry.ts';
import { requireRight } from '../keys/rights.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

/** Puts a backup in the place of the installation that is open, or where there is none yet. */
export function restoreVerb(context: DesktopContext): Pick<Handlers, 'backups:restore'> {
  const { sessions, exports } = context;
  return {
    'backups:restore': async ({ id, passphrase, bundles: withBundles = false }) => {
      await requireRestorable(context);
      const [file] = await askWhich(context.window(), {
        title: 'Restore a backup',
        properties: ['openFile'],
        filters: [{ name: 'AGE', extensions: ['age'] }],
      });
      if (file === undefined) return null;
      const bundles = withBundles
        ? await askWhich(context.window(), {
            title: 'The newest bundle of each service',
            properties: ['openFile', 'multiSelections'],
            filters: [{ name: 'ZIP', extensions: ['zip'] }],
          })
        : [];
      if (withBundles && bundles.length === 0) return null;
      // A wrong passphrase is no reason to close what is open.
      await createFileBackground(context.worker)({ kind: 'try', file, passphrase });
      await requireRestorable(context);
      const wasOpen = sessions.current() !== undefined;
      const request = {
        file,
        bundles,
        passphrase: async () => passphrase,
        otherVault: 'keychain',
        // SECURITY: the page asked about an installation that is open; what else may be there was asked about by nobody.
        mayReplace: async () => wasOpen,
      } as const;
      try {
        const restored = await context.replace(() =>
          sessions.restore(ports =>
            exports.run(id, watch => restoreBackup(ports, context.worker, request, watch)),
          ),
        );
        tell(context, 'info', 'The backup was restored.', restoredWords(restored));
      } catch (error) {
        // Where the page was loaded anew, nobody else would say it.
        if (wasOpen && !sessions.current() && error instanceof KeysmithError)
          tell(context, 'error', 'The backup was not restored.', error.message);
        throw error;
      }
      return true;
    },
  };
}

async function requireRestorable({ sessions }: DesktopContext): Promise<void> {
  const { kind } = await sessions.state();
  if (kind === 'first-run') return;
  const { actor, store } = sessions.require();
  requireRight(actor, 'installation.restore');
  if (store.installation().vault === 'passphrase') {
    throw new KeysmithError(
      'VAULT_PASSPHRASE_REQUIRED',
      'The vault is behind a passphrase, which the window does not ask for here. Close it, and use the command line: keysmith restore FILE',
    );
  }
}

async function askWhich(window: BrowserWindow, options: OpenDialogOptions): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  return canceled ? [] : filePaths;
}

function restoredWords(restored: RestoredInstallation): string {
  const { name, madeAt, aside } = restored;
  return [
    `${name} is as it was at ${formatTime(madeAt)}.`,
    ...(aside === null ? [] : [`What was replaced is kept in ${aside}.`]),
    ...restoredSentences(restored),
  ].join('\n');
}

/** SECURITY: said by main, since the page that asked is gone: it may have held what another operator must not see. */
function tell({ window }: DesktopContext, type: 'info' | 'error', message: string, detail: string): void {
  if (window().isDestroyed()) return;
  void dialog.showMessageBox(window(), { type, title: 'Keysmith', message, detail, buttons: ['OK'] });
}
