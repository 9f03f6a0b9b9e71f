import type { KeyDetail } from '../../preload/contract.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { Tag } from '../ui/tag.tsx';
import { useNow } from '../ui/use-now.ts';
import { KindWord } from './cells/kind-word.tsx';
import classes from './key-panel.module.css';
import { lastFourOf } from './last-four.ts';
import { needsSaving } from './needs-saving.ts';

/** What a key is, line by line. */
export function KeyFacts({ detail: { key }, serviceTitle }: { detail: KeyDetail; serviceTitle: string }) {
  const now = useNow();
  const when = (at: number) => (
    <>
      {formatDateTime(at)} <span className={classes.dim}>{relativeAge(at, now)}</span>
    </>
  );
  return (
    <dl className={classes.facts}>
      <dt>Status</dt>
      <dd>
        <StatusDot status={key.status} /> {key.tampered && <Tag tone="bad">Tampered</Tag>}
      </dd>
      <dt>Key ID</dt>
      <dd className="mono">{key.id}</dd>
      <dt>Secret</dt>
      <dd>
        ends in <span className="mono">…{lastFourOf(key.hint)}</span>
        {needsSaving(key) && (
          <>
            {' '}
            <Tag tone="warn">Not saved</Tag>
          </>
        )}
      </dd>
      <dt>Service</dt>
      <dd>{serviceTitle}</dd>
      <dt>Kind</dt>
      <dd>
        <KindWord kind={key.kind} />
      </dd>
      {key.owner !== '' && (
        <>
          <dt>Owner</dt>
          <dd>{key.owner}</dd>
        </>
      )}
      <dt>Expires</dt>
      <dd>{key.expiresAt === null ? 'Never' : when(key.expiresAt)}</dd>
      <dt>Created</dt>
      <dd>
        {when(key.createdAt)} by {key.createdBy}
      </dd>
      {key.savedAt !== null && (
        <>
          <dt>Saved</dt>
          <dd>{when(key.savedAt)}</dd>
        </>
      )}
      {key.revokedAt !== null && (
        <>
          <dt>Revoked</dt>
          <dd>
            {when(key.revokedAt)}
            {key.revokeReason !== '' && <div className={classes.dim}>{key.revokeReason}</div>}
          </dd>
        </>
      )}
      {key.tampered && (
        <>
          <dt>Warning</dt>
          <dd>
            This row was changed outside Keysmith. Do not believe what it says; revoke or remove the key.
          </dd>
        </>
      )}
    </dl>
  );
}
