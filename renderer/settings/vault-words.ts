import type { AppState } from '../../preload/contract.ts';

/** Where the secrets are, in a sentence or two. */
export function secretsPlace({
  installation: { vault },
  lockEnabled,
}: Pick<Extract<AppState, { kind: 'ready' }>, 'installation' | 'lockEnabled'>): string {
  if (lockEnabled)
    return vault === 'keychain'
      ? 'Wrapped for each operator: their passphrase opens them, together with a part that the keychain of this system holds.'
      : 'Wrapped for each operator: their passphrase alone opens them, since there is no keychain here.';
  return vault === 'keychain'
    ? 'The master key is in the keychain of this system.'
    : 'The master key is in vault.age in the data folder, behind a passphrase.';
}
