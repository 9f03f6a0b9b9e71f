/** Why a token is refused, in the order in which it is asked: the first that applies is the answer. */
export const REASONS = [
  'malformed',
  'bad_checksum',
  'bad_signature',
  'wrong_issuer',
  'wrong_audience',
  'unknown',
  'revoked',
  'disabled',
  'expired',
  'ip_not_allowed',
  'not_granted',
] as const;
export type Reason = (typeof REASONS)[number];

/** What a service answers by. */
export interface Verdict {
  readonly valid: boolean;
  /** Null when the token is valid. */
  readonly reason: Reason | null;
  /** The ID of the key, once it is proven that the token is one of its credentials; else null. */
  readonly key: string | null;
  /** The bundle's service and number: what the verdict rests on. */
  readonly service: string;
  readonly sequence: number;
}

export const CHECKS = [
  'shape',
  'checksum',
  'signature',
  'issuer',
  'audience',
  'known',
  'not_revoked',
  'enabled',
  'not_expired',
  'ip',
  'grants',
] as const;
/** One for each reason, in the same order: what must hold so that it does not apply. */
export type Check = (typeof CHECKS)[number];

export interface Step {
  readonly check: Check;
  /** `not-asked`: does not apply to this token or request. `not-reached`: an earlier check failed. */
  readonly outcome: 'passed' | 'failed' | 'not-asked' | 'not-reached';
  /** One sentence for an admin. Never holds the token or a part of its secret. */
  readonly detail: string;
}

/** A verdict with what led to it. */
export interface Explanation extends Verdict {
  readonly steps: readonly Step[];
}
