import type { OperatorView } from '../../preload/contract.ts';

/** What is to be done about who works here: one dialog at a time. */
export type OperatorRequest =
  | { readonly kind: 'add' | 'change-passphrase' | 'lock-on' | 'lock-off' }
  | { readonly kind: 'edit' | 'remove'; readonly operator: OperatorView };
