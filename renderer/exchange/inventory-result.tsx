import type { Exported } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import classes from './exchange.module.css';
import { ShowInFolder } from './show-in-folder.tsx';

export function inventoryWords({ rows, signature }: Exported): string {
  const keys = rows === 1 ? '1 key was' : `${formatCount(rows)} keys were`;
  return `${keys} exported${signature === null ? '' : ' and signed'}.`;
}

/** What was written, and where. */
export function InventoryResult({ done }: { done: Exported }) {
  return (
    <section className={classes.result} aria-label="Result">
      <strong>{inventoryWords(done)}</strong>
      <dl className={classes.facts}>
        <dt>File</dt>
        <dd className={classes.path}>{done.path}</dd>
        {done.signature !== null && (
          <>
            <dt>Signature</dt>
            <dd className={classes.path}>{done.signature}</dd>
          </>
        )}
      </dl>
      <ShowInFolder path={done.path} />
    </section>
  );
}
