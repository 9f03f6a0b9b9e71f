import type { KeyView } from '../../../preload/contract.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';

/** The day on which a key was created; its exact time on hover. */
export function CreatedCell({ keyView }: { keyView: KeyView }) {
  return <span title={formatDateTime(keyView.createdAt)}>{formatDate(keyView.createdAt)}</span>;
}
