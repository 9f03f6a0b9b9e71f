import type { BundleChangesView, ExportedBundleView } from '../../preload/contract.ts';
import { formatCount, formatDateTime, relativeAge } from '../ui/dates.ts';
import { Tag } from '../ui/tag.tsx';
import { useNow } from '../ui/use-now.ts';
import { changeWords } from './change-words.ts';
import classes from './exchange.module.css';
import { ShowInFolder } from './show-in-folder.tsx';

interface Props {
  readonly done: ExportedBundleView;
  /** What changed since. */
  readonly changes: BundleChangesView | undefined;
}

export function bundleWords({ bundle: { sequence } }: ExportedBundleView): string {
  return `Bundle ${sequence} was exported.`;
}

/** What a bundle that was just exported has. */
export function BundleResult({ done, changes }: Props) {
  const { path, bundle, valid, refused, tampered, notInMap } = done;
  const now = useNow();
  const since = changes ? changeWords(changes) : [];
  return (
    <section className={classes.result} aria-label="Result">
      <h2 className={classes.title}>{bundleWords(done)}</h2>
      <dl className={classes.facts}>
        <dt>Place</dt>
        <dd className={classes.path}>{path}</dd>
        <dt>Valid until</dt>
        <dd>
          {formatDateTime(bundle.expiresAt)}{' '}
          <span className={classes.dim}>{relativeAge(bundle.expiresAt, now)}</span>
        </dd>
        <dt>Secrets</dt>
        <dd>
          {formatCount(valid)} valid, {formatCount(refused)} refused
        </dd>
        {tampered > 0 && (
          <>
            <dt>Left out</dt>
            <dd>
              <Tag tone="bad">Tampered</Tag> {formatCount(tampered)} {tampered === 1 ? 'secret' : 'secrets'}{' '}
              changed outside Keysmith: services know nothing of {tampered === 1 ? 'it' : 'them'}.
            </dd>
          </>
        )}
        {notInMap > 0 && (
          <>
            <dt>Not in the map</dt>
            <dd>
              {formatCount(notInMap)} {notInMap === 1 ? 'key is' : 'keys are'} bound to addresses, which
              HAProxy’s map cannot hold: gateways refuse {notInMap === 1 ? 'it' : 'them'}.
            </dd>
          </>
        )}
      </dl>
      <ShowInFolder path={path} />
      <p className={`${classes.sentence} ${classes.dim}`}>
        {since.length === 0 ? 'Nothing changed since.' : `Changed since: ${since.join(', ')}.`}
      </p>
    </section>
  );
}
