import type { BundleList, ServiceView } from '../../preload/contract.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { useNow } from '../ui/use-now.ts';
import { changeWords } from './change-words.ts';
import classes from './exchange.module.css';

interface Props {
  readonly list: BundleList;
  readonly service: ServiceView;
}

/** What the next bundle would bring. */
export function NextBundle({ list: { bundles, next, changes }, service: { title } }: Props) {
  const now = useNow();
  const [latest] = bundles;
  const lines = changeWords(changes);
  return (
    <section aria-label="Next bundle">
      <h2 className={classes.title}>Bundle {next}</h2>
      {latest ? (
        <p className={classes.sentence}>
          {lines.length === 0 ? 'Nothing changed since' : 'Changed since'} bundle {latest.sequence} of{' '}
          {formatDateTime(latest.issuedAt)}{' '}
          <span className={classes.dim}>({relativeAge(latest.issuedAt, now)})</span>
          {lines.length === 0 ? '. Another one only renews its validity.' : ':'}
        </p>
      ) : (
        <p className={classes.sentence}>
          The first bundle of {title}: until services have it, they know none of its keys.
        </p>
      )}
      {lines.length > 0 && (
        <ul className={classes.changes}>
          {lines.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {!latest && (
        <p className={`${classes.sentence} ${classes.dim}`}>
          A service believes it once it was given trust.json, which <em>Signing keys</em> saves.
        </p>
      )}
    </section>
  );
}
