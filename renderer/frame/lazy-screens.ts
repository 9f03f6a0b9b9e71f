import { lazy } from 'react';

const audit = () => import('../audit/audit-page.tsx');
const dialogs = () => import('./frame-dialogs.tsx');
const exporting = () => import('../exchange/export-page.tsx');
const importing = () => import('../keys/import/import-page.tsx');
const settings = () => import('../settings/settings-page.tsx');
const signingKeys = () => import('../signing-keys/signing-keys-page.tsx');

/** Screens and dialogs that are not shown first: the list of keys does not wait for them. */
export const AuditPage = lazy(async () => ({ default: (await audit()).AuditPage }));
export const ExportPage = lazy(async () => ({ default: (await exporting()).ExportPage }));
export const FrameDialogs = lazy(async () => ({ default: (await dialogs()).FrameDialogs }));
export const ImportPage = lazy(async () => ({ default: (await importing()).ImportPage }));
export const SettingsPage = lazy(async () => ({ default: (await settings()).SettingsPage }));
export const SigningKeysPage = lazy(async () => ({ default: (await signingKeys()).SigningKeysPage }));

/** Loads them once the window has nothing else to do, so that they are there at once when they are opened. */
export function loadScreens(): void {
  requestIdleCallback(() => {
    for (const load of [dialogs, exporting, importing, audit, signingKeys, settings]) void load();
  });
}
