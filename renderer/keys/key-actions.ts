import {
  IconCheck,
  IconCircleCheck,
  IconClockX,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconForbid,
  IconId,
  IconPencil,
  IconPlayerPause,
  IconRefresh,
  IconRotateClockwise,
  IconSignature,
  IconTrash,
} from '@tabler/icons-react';
import type { KeyView } from '../../preload/contract.ts';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { needsSaving } from './needs-saving.ts';
import { canReissue } from './token-problems.ts';

export interface KeyAction {
  readonly label: string;
  readonly icon: typeof IconCopy;
  readonly request: KeyRequest | KeyDeed;
  readonly destructive?: true;
  /** The first of a new group. */
  readonly apart?: true;
}

/** What decides about a key's actions beside the key itself. */
export interface KeyCircumstances {
  readonly renamable: boolean;
  /** Whether whoever works here may change keys of its service. */
  readonly managed: boolean;
  /** Whether a previous secret is still valid. */
  readonly inGrace: boolean;
}

/** What can be done with a key: the row menu and the information panel offer the same. */
export function keyActions(
  key: KeyView,
  { renamable, managed, inGrace }: KeyCircumstances,
): readonly KeyAction[] {
  const copyId: KeyAction = { label: 'Copy key ID', icon: IconId, request: { kind: 'copy-id', key } };
  if (!managed) return [copyId];
  const live = key.status !== 'revoked' && !key.tampered;
  const unsaved = live && needsSaving(key);
  const offers: readonly (KeyAction | false)[] = [
    live &&
      key.kind === 'public' && { label: 'Copy key', icon: IconCopy, request: { kind: 'copy-token', key } },
    copyId,
    live && { label: 'Edit…', icon: IconPencil, request: { kind: 'edit', key } },
    live && renamable && { label: 'Rename…', icon: IconCursorText, request: { kind: 'rename', key } },
    { label: 'Create like this…', icon: IconCopyPlus, request: { kind: 'create', like: key } },
    ...(live ? secretActions(key, unsaved, inGrace) : []),
    live && statusAction(key),
    key.status !== 'revoked' && {
      label: 'Revoke…',
      icon: IconForbid,
      request: { kind: 'revoke', key },
      destructive: true,
      apart: true,
    },
    {
      label: 'Remove…',
      icon: IconTrash,
      request: { kind: 'remove', key },
      destructive: true,
      ...(key.status === 'revoked' ? { apart: true } : {}),
    },
  ];
  return offers.filter(offer => offer !== false);
}

/** What is done with the secret. A new one would open nothing while its key is expired. */
function secretActions(key: KeyView, unsaved: boolean, inGrace: boolean): readonly KeyAction[] {
  const offers: readonly (Omit<KeyAction, 'apart'> | false)[] = [
    key.status !== 'expired' && {
      label: 'Rotate…',
      icon: IconRotateClockwise,
      request: { kind: 'rotate', key },
    },
    canReissue(key) && { label: 'Reissue token…', icon: IconSignature, request: { kind: 'reissue', key } },
    inGrace && { label: 'End grace period…', icon: IconClockX, request: { kind: 'end-grace', key } },
    unsaved && { label: 'New secret…', icon: IconRefresh, request: { kind: 'new-secret', key } },
    unsaved && { label: 'Mark as saved', icon: IconCheck, request: { kind: 'mark-saved', key } },
  ];
  return offers
    .filter(offer => offer !== false)
    .map((offer, nth) => (nth === 0 ? { ...offer, apart: true } : offer));
}

/** Disabling is taken back as easily as it is done, so it asks nothing; an expired key needs a new expiry. */
function statusAction(key: KeyView): KeyAction {
  const apart = true;
  if (key.status === 'active')
    return { label: 'Disable', icon: IconPlayerPause, request: { kind: 'disable', key }, apart };
  if (key.status === 'expired')
    return { label: 'Enable…', icon: IconCircleCheck, request: { kind: 'enable-again', key }, apart };
  return { label: 'Enable', icon: IconCircleCheck, request: { kind: 'enable', key }, apart };
}
