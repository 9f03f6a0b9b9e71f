import type { KeyView } from '../../preload/contract.ts';

/** What the admin wants to do with a key, or with none: one dialog or deed at a time. */
export type KeyRequest =
  | { readonly kind: 'create'; readonly like: KeyView | null }
  | {
      readonly kind:
        | 'edit'
        | 'rename'
        | 'rotate'
        | 'reissue'
        | 'end-grace'
        | 'enable-again'
        | 'revoke'
        | 'remove'
        | 'new-secret';
      readonly key: KeyView;
    };

const DEEDS = ['copy-id', 'copy-token', 'mark-saved', 'disable', 'enable'] as const;

/** What is done at once, without a dialog. */
export interface KeyDeed {
  readonly kind: (typeof DEEDS)[number];
  readonly key: KeyView;
}

/** Whether a wish needs no dialog. */
export function isDeed<Wish extends { readonly kind: string }>(
  wish: Wish | KeyDeed,
): wish is Extract<Wish, KeyDeed> | KeyDeed {
  return DEEDS.some(kind => kind === wish.kind);
}
