import type { KeyView } from '../../preload/contract.ts';
import { notifyOffer } from '../ui/notify-offer.tsx';
import type { KeyRequest } from './key-request.ts';

const OFFER_TIME = 20_000;

/** Says what was done to a key whose token does not say so, and offers to sign it anew. */
export function notifyStale(done: string, key: KeyView, request: (wish: KeyRequest) => void): void {
  notifyOffer({
    id: `stale-${key.id}`,
    message: `${done} Its token still says what the key was before.`,
    action: 'Reissue token…',
    time: OFFER_TIME,
    onAccept: () => request({ kind: 'reissue', key }),
  });
}
