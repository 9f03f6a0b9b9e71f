import { AUDIT_ACTIONS, type AuditAction, type AuditEntryView } from '../../preload/contract.ts';
import { isRecord } from '../ui/member-words.ts';

/** What an operator did, as it stands between the operator's name and the subject. */
const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  'installation.create': 'Set up the installation',
  'installation.move-vault': 'Moved the master key to another vault',
  'installation.change-passphrase': 'Changed the passphrase of the vault',
  'installation.accept-clock': 'Accepted the time of this machine',
  'installation.lock-on': 'Turned the lock on',
  'installation.lock-off': 'Turned the lock off',
  'installation.rewrap': 'Encrypted the secrets anew for every operator',
  'installation.backup': 'Made a backup',
  'installation.restore': 'Restored a backup',
  'operator.create': 'Added the operator',
  'operator.edit': 'Changed the operator',
  'operator.remove': 'Removed the operator',
  'operator.rewrap': 'Encrypted the secrets anew for the operator',
  'operator.change-passphrase': 'Changed the passphrase of the operator',
  'operator.failed-unlock': 'Unlocked after wrong passphrases',
  'service.create': 'Created the service',
  'service.edit': 'Changed the service',
  'catalog.add': 'Added to the catalog',
  'catalog.edit': 'Changed in the catalog',
  'catalog.remove': 'Removed from the catalog',
  'key.create': 'Created the key',
  'key.edit': 'Edited the key',
  'key.rename': 'Renamed the key',
  'key.rotate': 'Rotated the key',
  'key.reissue': 'Reissued the token of the key',
  'key.end-grace': 'Ended the grace period of the key',
  'key.disable': 'Disabled the key',
  'key.enable': 'Enabled the key',
  'key.copy': 'Copied the token of the public key',
  'key.reveal': 'Was handed the secret of the key',
  'key.revoke': 'Revoked the key',
  'key.remove': 'Removed the key',
  'key.saved': 'Confirmed the secret as saved',
  'key-import.begin': 'Began a bulk issue',
  'key-import.batch': 'Issued keys in bulk',
  'key-import.seal': 'Encrypted the secrets of a bulk issue',
  'key-import.end': 'Finished a bulk issue',
  'signing-key.create': 'Made the signing key',
  'signing-key.rotate': 'Rotated the signing key',
  'signing-key.compromise': 'Marked the signing key as compromised',
  'signing-key.retire': 'Retired the signing key',
  'signing-key.rewrap': 'Encrypted the signing key anew',
  'status-list.create': 'Began a status list',
  'status-list.full': 'Filled a status list',
  'status-list.close': 'Closed a status list',
  'bundle.export': 'Exported a bundle',
  'inventory.sign': 'Signed an inventory',
  'audit.sign': 'Signed an exported log',
};

/** How a new secret was handed out. */
const WAYS: Readonly<Record<string, string>> = {
  shown: 'Looked at the secret of the key',
  copied: 'Copied the secret of the key',
  saved: 'Saved the secret of the key to a file',
};

/** What was done, in words. An action that this Keysmith does not know is said as it is stored. */
export function actionSentence({
  action,
  before,
  after,
}: Pick<AuditEntryView, 'action' | 'before' | 'after'>): string {
  // Nothing that worked was rotated.
  if (action === 'key.rotate' && isRecord(before) && before.saved_at === null)
    return 'Replaced a secret that nobody saved';
  const way = action === 'key.reveal' && isRecord(after) ? WAYS[String(after.how)] : undefined;
  return way ?? ACTION_WORDS[action] ?? action;
}

const GROUPS = [
  ['Keys', 'key.'],
  ['Bulk issues', 'key-import.'],
  ['Services', 'service.'],
  ['Catalogs', 'catalog.'],
  ['Signing keys', 'signing-key.'],
  ['Status lists', 'status-list.'],
  ['Exports', /^(bundle|inventory|audit)\./],
  ['Operators', 'operator.'],
  ['Installation', 'installation.'],
] as const;

/** Every action by what it is about, for a field that chooses one. */
export const ACTION_GROUPS = GROUPS.map(([group, start]) => ({
  group,
  items: AUDIT_ACTIONS.filter(action =>
    typeof start === 'string' ? action.startsWith(start) : start.test(action),
  ).map(value => ({ value, label: ACTION_WORDS[value] })),
}));
