import type { ReactNode } from 'react';
import type { AppState } from '../../preload/contract.ts';
import type { OperatorRequest } from '../operators/operator-request.ts';
import { Page } from '../ui/page.tsx';
import { useRights } from '../ui/use-rights.ts';
import { AboutSection } from './about-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { OperatorsSection } from './operators-section.tsx';
import { PreferencesSection } from './preferences-section.tsx';
import { VaultSection } from './vault-section.tsx';

interface Props {
  readonly app: Extract<AppState, { kind: 'ready' }>;
  /** What stands above the page: the banner. */
  readonly above: ReactNode;
  readonly onRequest: (request: OperatorRequest) => void;
}

/** Operators and lock, vault, preferences, backups, and which installation this is. */
export function SettingsPage({ app, above, onRequest }: Props) {
  const rights = useRights();
  return (
    <Page title="Settings" above={above}>
      <OperatorsSection app={app} onRequest={onRequest} />
      <VaultSection app={app} />
      <PreferencesSection />
      {rights.may('installation.backup') && <BackupSection app={app} />}
      <AboutSection app={app} />
    </Page>
  );
}
