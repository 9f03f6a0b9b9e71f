import type { SigningKeyView, SigningPurpose } from '../../preload/contract.ts';

/** A dialog about signing keys that someone asked for. */
export type SigningKeyRequest =
  | {
      readonly kind: 'rotate';
      readonly purpose: SigningPurpose;
      /** The key that signs now; null before the first one. */
      readonly active: SigningKeyView | null;
    }
  | {
      readonly kind: 'dependents' | 'reissue' | 'retire' | 'compromise';
      readonly signingKey: SigningKeyView;
    };
