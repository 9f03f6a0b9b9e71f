import type { SigningKeyView } from '../../preload/contract.ts';
import { formatDate, formatDateTime } from '../ui/dates.ts';
import classes from './signing-keys.module.css';

/** When a key stopped to sign, or to hold; both moments on hover. */
export function SigningKeyEnd({ signingKey: { state, rotatedAt, endedAt } }: { signingKey: SigningKeyView }) {
  const ended = state === 'compromised' ? 'compromised' : 'retired';
  const at = endedAt ?? rotatedAt;
  if (at === null) return <span className={classes.dim}>–</span>;
  const moments = [
    rotatedAt === null ? '' : `Rotated ${formatDateTime(rotatedAt)}`,
    endedAt === null ? '' : `${ended} ${formatDateTime(endedAt)}`,
  ];
  return (
    <div title={moments.filter(moment => moment !== '').join(', ')}>
      {formatDate(at)}
      <div className={classes.second}>{endedAt === null ? 'rotated' : ended}</div>
    </div>
  );
}
