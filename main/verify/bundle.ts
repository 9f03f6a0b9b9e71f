import type { Accepted } from './accepted.ts';
import type { TrustDocument } from './trust-document.ts';
import type { Explanation, Verdict } from './verdict.ts';

export interface OpenOptions {
  /** trust.json as it was handed over: its text, or the object that it holds. */
  readonly trust: string | TrustDocument;
  /** What the bundle before returned as `accepted`; null or absent for the first one only. */
  readonly lastAccepted?: Accepted | null | undefined;
  /** The slug of the service that asks: a bundle for another one is refused. */
  readonly service?: string | undefined;
  /** The moment of opening, in seconds since the epoch; by default now, by the machine's clock. */
  readonly at?: number | undefined;
}

/** What a service asks of a token. A member that is absent or undefined is not asked. */
export interface VerifyRequest {
  /** Where the request comes from: IPv4 or IPv6, no port. A key that is bound to addresses needs it. */
  readonly ip?: string | undefined;
  readonly permission?: string | undefined;
  readonly role?: string | undefined;
  /** The account for which the role is asked. */
  readonly account?: string | undefined;
  /** Seconds since the epoch; by default now, by the machine's clock. */
  readonly at?: number | undefined;
  /** Judge a JWT that was issued after the bundle by its signature and claims alone. */
  readonly acceptNewer?: boolean | undefined;
}

/** A bundle whose every byte was signed. It answers from memory, at once. */
export interface Bundle {
  readonly iss: string;
  readonly service: string;
  readonly audience: string;
  readonly sequence: number;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** To be stored, and given as `lastAccepted` when the next bundle is opened. */
  readonly accepted: Accepted;
  /**
   * Decides about a token. Any string may be given.
   *
   * A service that keeps a bundle loaded past its end must answer 503, never go on trusting it: that is why this
   * throws.
   *
   * @throws BundleError BUNDLE_EXPIRED when `at` ≥ `expiresAt`; BUNDLE_NOT_YET_VALID when `at` < `issuedAt`: then the
   *   clock was set back, and what has expired would be valid again
   * @throws TypeError for a token that is not a string, a member of the request that is unknown or of another type, or
   *   an account without a role
   */
  verify(token: string, request?: VerifyRequest): Verdict;
  /** The same decision with its steps, for people. Throws as `verify` does. */
  explain(token: string, request?: VerifyRequest): Explanation;
}
