import { useQuery } from '@tanstack/react-query';
import { call } from '../ui/call.ts';
import classes from './settings.module.css';

/** Which Keysmith this is, what it runs on, and where its data is. */
export function AboutFacts() {
  const { data: about } = useQuery({
    queryKey: ['about'],
    queryFn: () => call(window.keysmith.app.about()),
    staleTime: 'static',
  });
  return (
    <dl className={classes.facts}>
      <dt>Version</dt>
      <dd>{about?.version}</dd>
      <dt>Runs on</dt>
      <dd>
        {about &&
          `Electron ${about.electron}, Chromium ${about.chromium}, Node ${about.node}, SQLite ${about.sqlite}`}
      </dd>
      <dt>Data folder</dt>
      <dd className="mono">{about?.folder}</dd>
    </dl>
  );
}
