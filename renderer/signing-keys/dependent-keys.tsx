import { useQuery } from '@tanstack/react-query';
import { servicesQuery } from '../services/service-queries.ts';
import { problemOf } from '../ui/call.ts';
import { formatCount } from '../ui/dates.ts';
import { LoadingScreen } from '../ui/loading-screen.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { dependentsQuery } from './signing-key-queries.ts';
import classes from './signing-keys.module.css';

/** Main names so many and no more. */
const NAMED = 1000;

/** The keys whose tokens a signing key signed. */
export function DependentKeys({ kid }: { kid: string }) {
  const { data: keys, error } = useQuery(dependentsQuery(kid));
  const { data: services = [] } = useQuery(servicesQuery);
  if (error) return <ProblemAlert problem={problemOf(error)} />;
  if (!keys) return <LoadingScreen />;
  if (keys.length === 0) return <p className={classes.sentence}>No key depends on it.</p>;
  const title = keys.length === 1 ? '1 key depends on it' : `${formatCount(keys.length)} keys depend on it`;
  return (
    <div>
      <p className={classes.sentence}>
        {keys.length < NAMED
          ? title
          : `More keys depend on it than are shown; the first ${formatCount(NAMED)}`}
        :
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keyboard */}
      <section className={classes.dependents} tabIndex={0} aria-label="Keys that depend on it">
        <ul>
          {keys.map(({ id, name, service }) => (
            <li key={id}>
              <span className={classes.dependentName} title={`${name}, ${id}`}>
                {name}
              </span>
              <span className={classes.dim}>
                {services.find(({ slug }) => slug === service)?.title ?? service}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
