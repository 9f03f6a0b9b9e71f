import { formatCount } from '../ui/dates.ts';
import classes from './key-panel.module.css';

/** From so many on, the list scrolls and says how many there are. */
const MANY = 6;

/** From where a key may be used. */
export function AllowedIpsFact({ entries }: { entries: readonly string[] }) {
  const many = entries.length > MANY;
  return (
    <>
      <dt>Allowed IPs</dt>
      <dd>
        {entries.length === 0 && 'Every address'}
        {many && <div className={classes.dim}>{formatCount(entries.length)} addresses and ranges</div>}
        {entries.length > 0 && (
          <ul className={`mono ${classes.ips}`} aria-label="Allowed IPs" tabIndex={many ? 0 : undefined}>
            {entries.map(entry => (
              <li key={entry}>{entry}</li>
            ))}
          </ul>
        )}
      </dd>
    </>
  );
}
