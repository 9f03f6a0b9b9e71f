import type { Ref, Seconds } from './ids.ts';

export const VAULT_KINDS = ['keychain', 'passphrase'] as const;
/** Where the master key lives. */
export type VaultKind = (typeof VAULT_KINDS)[number];

/** One Keysmith with its database and its master key. */
export interface Installation {
  readonly ref: Ref;
  /** A UUID; tokens name it as `urn:uuid:<id>`, the keychain entry is stored under it. */
  readonly id: string;
  readonly name: string;
  readonly createdAt: Seconds;
  readonly vault: VaultKind;
  /** Proves that a master key is this installation's, and says nothing else about it. */
  readonly keyCheck: Buffer;
  /** True when each operator opens the installation with a passphrase: the vault then holds no master key. */
  readonly lockEnabled: boolean;
  /** How often the secrets were wrapped anew; 0: never, everything follows from the first master key. */
  readonly generation: number;
  readonly auditSeq: number;
  readonly tampered: boolean;
}
