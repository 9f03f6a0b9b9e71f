import { Button } from '@mantine/core';
import type { AppState } from '../../preload/contract.ts';
import { PageSection } from '../ui/page-section.tsx';
import { AboutFacts } from './about-facts.tsx';
import classes from './settings.module.css';
import { showLicences } from './show-licences.ts';

/** Which installation this is, and which Keysmith. */
export function AboutSection({ app: { installation } }: { app: Extract<AppState, { kind: 'ready' }> }) {
  return (
    <PageSection
      title="About"
      action={
        <Button variant="default" flex="none" onClick={showLicences}>
          Licences…
        </Button>
      }
    >
      <div className={classes.card}>
        <dl className={classes.facts}>
          <dt>Installation</dt>
          <dd>{installation.name}</dd>
          <dt>Installation ID</dt>
          <dd className="mono">{installation.id}</dd>
        </dl>
        <AboutFacts />
        <p className={`${classes.sentence} ${classes.dim}`}>Keysmith never opens a network connection.</p>
      </div>
    </PageSection>
  );
}
