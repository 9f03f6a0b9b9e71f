import type { KeyView } from '../../preload/contract.ts';

/** What the admin wants to do with a key, or with none: one dialog or deed at a time. */
export type KeyRequest =
  | { readonly kind: 'create'; readonly like: KeyView | null }
  | { readonly kind: 'edit' | 'rename' | 'revoke' | 'remove' | 'new-secret'; readonly key: KeyView };

/** What is done at once, without a dialog. */
export type KeyDeed =
  | { readonly kind: 'copy-id'; readonly key: KeyView }
  | { readonly kind: 'mark-saved'; readonly key: KeyView };
