import type { AppState } from '../../preload/contract.ts';
import { PageSection } from '../ui/page-section.tsx';
import classes from './settings.module.css';
import { secretsPlace } from './vault-words.ts';

/** Where the secrets of the installation are. */
export function VaultSection({ app }: { app: Extract<AppState, { kind: 'ready' }> }) {
  return (
    <PageSection title="Vault" about="where the keys to everything are">
      <div className={classes.card}>
        <dl className={classes.facts}>
          <dt>Secrets</dt>
          <dd>{secretsPlace(app)}</dd>
        </dl>
      </div>
    </PageSection>
  );
}
