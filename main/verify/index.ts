/**
 * `keysmith/verify`: verifies tokens against a bundle, with no network and nothing of Keysmith beside this.
 *
 * @module
 */
export type { Accepted } from './accepted.ts';
export type { Bundle, OpenOptions, VerifyRequest } from './bundle.ts';
export { BUNDLE_ERROR_CODES, BundleError, type BundleErrorCode, type Validity } from './bundle-error.ts';
export { openBundle } from './open-bundle.ts';
export type { PublicJwk } from './public-jwk.ts';
export type { TrustDocument } from './trust-document.ts';
export {
  CHECKS,
  type Check,
  type Explanation,
  REASONS,
  type Reason,
  type Step,
  type Verdict,
} from './verdict.ts';
