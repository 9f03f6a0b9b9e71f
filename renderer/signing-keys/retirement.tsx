import type { SigningKeyView } from '../../preload/contract.ts';
import { formatDate, formatDateTime } from '../ui/dates.ts';
import { tokens } from './signing-key-words.ts';

/** What can be done next with a key that no longer signs: the planner's sentence. */
export function Retirement({ signingKey }: { signingKey: SigningKeyView }) {
  const { purpose, state, live, lastEnds, endless, rotatedAt } = signingKey;
  if (state === 'compromised' && live > 0) {
    return 'Refused from the next bundle on';
  }
  if (state !== 'verifying') return null;
  if (purpose === 'trust') {
    return (
      <span title={rotatedAt === null ? undefined : `Rotated ${formatDateTime(rotatedAt)}`}>
        Safe to retire once every service has loaded a newer bundle
      </span>
    );
  }
  if (live === 0) return 'Safe to retire now';
  if (lastEnds === null) {
    return `Not before ${tokens(endless)} that never ${endless === 1 ? 'expires is' : 'expire are'} reissued`;
  }
  return <span title={formatDateTime(lastEnds)}>Safe to retire from {formatDate(lastEnds)}</span>;
}
