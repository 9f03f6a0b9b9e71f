import { BUNDLE_ENDING, type BundleView } from '../../preload/contract.ts';
import { shortKid } from '../signing-keys/signing-key-words.ts';
import { formatDate, formatDateTime, relativeAge } from '../ui/dates.ts';
import { Tag } from '../ui/tag.tsx';
import { useNow } from '../ui/use-now.ts';
import classes from './exchange.module.css';

interface Props {
  readonly bundle: BundleView;
  /** Only the newest one's end matters. */
  readonly newest: boolean;
}

/** One bundle that was exported. */
export function BundleRow({ bundle, newest }: Props) {
  const { sequence, issuedAt, expiresAt, createdBy, tampered, manifestSha256, signedBy } = bundle;
  const now = useNow();
  const left = expiresAt - now / 1000;
  const date = (at: number) => (
    <>
      <span title={formatDateTime(at)}>{formatDate(at)}</span>{' '}
      <span className={classes.dim}>{relativeAge(at, now)}</span>
    </>
  );
  return (
    <tr>
      <th scope="row">
        {sequence}{' '}
        {tampered && (
          <Tag tone="bad" title="Changed outside Keysmith: its seal does not hold.">
            Tampered
          </Tag>
        )}
      </th>
      <td>{date(issuedAt)}</td>
      <td>
        {date(expiresAt)} {left <= 0 && <Tag tone={newest ? 'bad' : 'quiet'}>Ended</Tag>}
        {left > 0 && left <= BUNDLE_ENDING && newest && <Tag tone="warn">Ends soon</Tag>}
      </td>
      <td title={createdBy} className={classes.cut}>
        {createdBy}
      </td>
      <td className="mono" title={signedBy}>
        {shortKid(signedBy)}
      </td>
      <td className="mono" title={`SHA-256 of manifest.json: ${manifestSha256}`}>
        {manifestSha256.slice(0, 12)}…
      </td>
    </tr>
  );
}
