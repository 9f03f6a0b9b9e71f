import {
  IconCheck,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconForbid,
  IconPencil,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import type { KeyView } from '../../preload/contract.ts';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { needsSaving } from './needs-saving.ts';

export interface KeyAction {
  readonly label: string;
  readonly icon: typeof IconCopy;
  readonly request: KeyRequest | KeyDeed;
  readonly destructive?: true;
  /** The first of a new group. */
  readonly apart?: true;
}

/** What can be done with a key: the row menu and the information panel offer the same. */
export function keyActions(key: KeyView, renamable: boolean): readonly KeyAction[] {
  const live = key.status !== 'revoked' && !key.tampered;
  const unsaved = live && needsSaving(key);
  const offers: readonly (KeyAction | false)[] = [
    { label: 'Copy key ID', icon: IconCopy, request: { kind: 'copy-id', key } },
    live && { label: 'Edit…', icon: IconPencil, request: { kind: 'edit', key } },
    live && renamable && { label: 'Rename…', icon: IconCursorText, request: { kind: 'rename', key } },
    { label: 'Create like this…', icon: IconCopyPlus, request: { kind: 'create', like: key } },
    unsaved && { label: 'New secret…', icon: IconRefresh, request: { kind: 'new-secret', key }, apart: true },
    unsaved && { label: 'Mark as saved', icon: IconCheck, request: { kind: 'mark-saved', key } },
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
