import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../ui/call.ts';
import { KeyInformation } from './key-information.tsx';
import { keyQuery } from './key-queries.ts';
import type { KeyDeed, KeyRequest } from './key-request.ts';

interface Props {
  readonly id: string;
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
  readonly onClose: () => void;
}

/** Fetches the key that is looked at; the one before stays until it is there. */
export function KeyPanel({ id, onRequest, onClose }: Props) {
  const { data: detail, error } = useQuery({ ...keyQuery(id), placeholderData: before => before });
  const problem = error && problemOf(error);
  // Removed, here or elsewhere: there is nothing to tell of it.
  if (problem?.code === 'KEY_NOT_FOUND') return null;
  return <KeyInformation detail={detail} problem={problem} onRequest={onRequest} onClose={onClose} />;
}
