import { Button } from '@mantine/core';
import type { SigningKeyView } from '../../preload/contract.ts';
import { formatCount, formatDate, formatDateTime } from '../ui/dates.ts';
import { useRights } from '../ui/use-rights.ts';
import { Retirement } from './retirement.tsx';
import { SigningKeyEnd } from './signing-key-end.tsx';
import { SigningKeyMenu } from './signing-key-menu.tsx';
import type { SigningKeyRequest } from './signing-key-request.ts';
import { SigningKeyState } from './signing-key-state.tsx';
import { shortKid } from './signing-key-words.ts';
import classes from './signing-keys.module.css';

interface Props {
  readonly signingKey: SigningKeyView;
  readonly onRequest: (request: SigningKeyRequest) => void;
}

/** One signing key of the table. */
export function SigningKeyRow({ signingKey, onRequest }: Props) {
  const rights = useRights();
  const { kid, purpose, alg, state, createdAt, createdBy, live } = signingKey;
  return (
    <tr data-kid={kid} data-over={state === 'retired' || undefined}>
      <td>
        <SigningKeyState signingKey={signingKey} />
      </td>
      <th scope="row" className="mono" title={kid}>
        {shortKid(kid)}
      </th>
      <td>{alg}</td>
      <td>
        <span title={formatDateTime(createdAt)}>{formatDate(createdAt)}</span>
        <div className={classes.second} title={createdBy}>
          by {createdBy}
        </div>
      </td>
      <td>
        <SigningKeyEnd signingKey={signingKey} />
      </td>
      <td className={classes.plan}>
        {purpose === 'token' && formatCount(live)}
        <div className={classes.second}>
          <Retirement signingKey={signingKey} />
        </div>
        {purpose === 'token' && state === 'compromised' && live > 0 && rights.managesAll && (
          <Button
            variant="default"
            size="compact-xs"
            mt={4}
            onClick={() => onRequest({ kind: 'reissue', signingKey })}
          >
            Reissue all…
          </Button>
        )}
      </td>
      <td>
        <SigningKeyMenu signingKey={signingKey} onRequest={onRequest} />
      </td>
    </tr>
  );
}
