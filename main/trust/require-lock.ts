import { KeysmithError } from '../keys/errors.ts';
import type { Installation } from '../keys/installation.ts';

/** For what only makes sense while the vault holds the master key. @throws LOCK_STATE */
export function requireLockOff({ lockEnabled }: Pick<Installation, 'lockEnabled'>): void {
  if (!lockEnabled) return;
  throw new KeysmithError(
    'LOCK_STATE',
    'The lock is on: operators open this installation with their own passphrases, and its vault holds no master key. Switch the lock off first; nothing was changed.',
  );
}
