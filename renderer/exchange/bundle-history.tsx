import { useId } from 'react';
import type { BundleView, ServiceView } from '../../preload/contract.ts';
import { BundleRow } from './bundle-row.tsx';
import classes from './exchange.module.css';

interface Props {
  /** The newest first. */
  readonly bundles: readonly BundleView[];
  readonly service: ServiceView;
}

/** The bundles that were exported before. */
export function BundleHistory({ bundles, service }: Props) {
  const title = useId();
  return (
    <section aria-labelledby={title}>
      <h2 id={title} className={classes.heading}>
        Earlier bundles
      </h2>
      {bundles.length === 0 ? (
        <p className={classes.none}>No bundle of {service.title} was exported yet.</p>
      ) : (
        <div className={classes.frame} data-wide>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col">Issued</th>
                <th scope="col">Valid until</th>
                <th scope="col">By</th>
                <th scope="col">Signed by</th>
                <th scope="col">Manifest</th>
              </tr>
            </thead>
            <tbody>
              {bundles.map((bundle, nth) => (
                <BundleRow key={bundle.sequence} bundle={bundle} newest={nth === 0} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
