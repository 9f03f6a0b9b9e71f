import { Button } from '@mantine/core';
import type { KeyDetail } from '../../preload/contract.ts';
import { useGoToBundle } from '../exchange/go-to-bundle.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { Tag } from '../ui/tag.tsx';
import { useNow } from '../ui/use-now.ts';
import { useRights } from '../ui/use-rights.ts';
import { AllowedIpsFact } from './allowed-ips-fact.tsx';
import { KindWord } from './cells/kind-word.tsx';
import classes from './key-panel.module.css';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { lastFourOf } from './last-four.ts';
import { needsSaving } from './needs-saving.ts';
import { previousSecret } from './previous-secret.ts';
import { TokenFact } from './token-fact.tsx';

interface Props {
  readonly detail: KeyDetail;
  readonly serviceTitle: string;
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
}

/** What a key is, line by line. */
export function KeyFacts({ detail, serviceTitle, onRequest }: Props) {
  const { key } = detail;
  const goToBundle = useGoToBundle();
  const rights = useRights();
  const now = useNow();
  const previous = previousSecret(detail);
  const overdue = key.rotationDueAt !== null && key.rotationDueAt * 1000 <= now;
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
      {key.unpublished && (
        <>
          <dt>Services</dt>
          <dd>
            Not in the last bundle yet
            {rights.may('bundle.export') && (
              <div>
                <Button mt={4} size="compact-xs" variant="default" onClick={() => goToBundle(key.service)}>
                  Export bundle
                </Button>
              </div>
            )}
          </dd>
        </>
      )}
      <dt>Key ID</dt>
      <dd className="mono">{key.id}</dd>
      {key.format === 'jwt' ? (
        <TokenFact keyView={key} onRequest={onRequest} />
      ) : (
        <>
          <dt>Secret</dt>
          <dd>
            ends in <span className="mono">…{lastFourOf(key.hint)}</span>{' '}
            {needsSaving(key) && <Tag tone="warn">Not saved</Tag>}
          </dd>
        </>
      )}
      {previous && (
        <>
          <dt>Old secret</dt>
          <dd>
            <span className="mono">…{lastFourOf(previous.hint)}</span> valid until {when(previous.graceUntil)}
            {key.status !== 'revoked' && !key.tampered && rights.manages(key.service) && (
              <div>
                <Button
                  mt={4}
                  size="compact-xs"
                  variant="default"
                  onClick={() => onRequest({ kind: 'end-grace', key })}
                >
                  End now…
                </Button>
              </div>
            )}
          </dd>
        </>
      )}
      {key.rotatedAt !== null && (
        <>
          <dt>Rotated</dt>
          <dd>{when(key.rotatedAt)}</dd>
        </>
      )}
      {key.rotationDueAt !== null && (
        <>
          <dt>Rotation due</dt>
          <dd>
            {when(key.rotationDueAt)} {overdue && <Tag tone="warn">Overdue</Tag>}
          </dd>
        </>
      )}
      <dt>Service</dt>
      <dd>{serviceTitle}</dd>
      <dt>Kind</dt>
      <dd>
        <KindWord kind={key.kind} />
      </dd>
      {key.exposed.length > 0 && (
        <>
          <dt>Exposed</dt>
          <dd>
            <Tag tone="warn">Not public-safe</Tag>
            <div>
              This public key holds <span className="mono">{key.exposed.join(', ')}</span>. Whoever sees the
              key can use {key.exposed.length === 1 ? 'it' : 'them'}.
            </div>
          </dd>
        </>
      )}
      <AllowedIpsFact entries={key.allowedIps} />
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
