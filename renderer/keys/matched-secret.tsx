import type { KeyDetail, MatchView } from '../../preload/contract.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { Tag } from '../ui/tag.tsx';
import { useNow } from '../ui/use-now.ts';
import { previousSecret } from './previous-secret.ts';

interface Props {
  readonly match: MatchView;
  /** The key as it is now; undefined until it has arrived. */
  readonly detail: KeyDetail | undefined;
}

/** Whether the secret that was pasted is still the key's own. */
export function MatchedSecret({ match: { credential, graceUntil, refusedAt }, detail }: Props) {
  const now = useNow();
  // Its grace period may have been ended since it was pasted.
  const ended = detail !== undefined && previousSecret(detail)?.graceUntil !== graceUntil;
  if (credential === 'refused' || (credential === 'previous' && ended)) {
    return (
      <span>
        <Tag tone="bad">This secret is refused</Tag>
        {refusedAt !== null && ` since ${formatDateTime(refusedAt)}`}
      </span>
    );
  }
  if (credential !== 'previous' || graceUntil === null) return null;
  return (
    <span>
      <Tag tone="warn">Previous secret</Tag> valid until {formatDateTime(graceUntil)} (
      {relativeAge(graceUntil, now)})
    </span>
  );
}
