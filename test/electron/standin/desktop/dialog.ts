import type { Dialog } from 'electron';
import { journal } from '../journal.ts';
import { strictObject } from '../strict.ts';

const mustBeStubbed = (name: string) => (): never => {
  throw new Error(
    `electron stand-in: dialog.${name} shows a dialog nobody can answer; the test must stub it`,
  );
};

/** Electron's `dialog`: there is nobody to answer, so each must be replaced by the test that reaches it. */
export const dialog: Omit<Dialog, 'showCertificateTrustDialog'> = strictObject('dialog', {
  showOpenDialog: mustBeStubbed('showOpenDialog'),
  showOpenDialogSync: mustBeStubbed('showOpenDialogSync'),
  showSaveDialog: mustBeStubbed('showSaveDialog'),
  showSaveDialogSync: mustBeStubbed('showSaveDialogSync'),
  showMessageBox: mustBeStubbed('showMessageBox'),
  showMessageBoxSync: mustBeStubbed('showMessageBoxSync'),
  showErrorBox: (title: string, content: string) => {
    journal.errorBoxes.push({ title, content });
    console.error(`${title}\n${content}`);
  },
});
