import type { AppState } from '../../preload/contract.ts';
import classes from './settings.module.css';
import { SettingsSection } from './settings-section.tsx';

/** Which installation this is. */
export function AboutSection({ app: { installation } }: { app: Extract<AppState, { kind: 'ready' }> }) {
  return (
    <SettingsSection title="About">
      <div className={classes.card}>
        <dl className={classes.facts}>
          <dt>Installation</dt>
          <dd>{installation.name}</dd>
          <dt>Installation ID</dt>
          <dd className="mono">{installation.id}</dd>
        </dl>
        <p className={`${classes.sentence} ${classes.dim}`}>Keysmith never opens a network connection.</p>
      </div>
    </SettingsSection>
  );
}
