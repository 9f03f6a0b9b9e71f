import type { Ref, Seconds } from './ids.ts';

/** Entries of one list: 2^20. */
export const STATUS_LIST_SIZE = 1 << 20;

/** A Token Status List (IETF draft): gives every JWT of a service a place at which its status is published. */
export interface StatusList {
  readonly ref: Ref;
  readonly serviceRef: Ref;
  /** From 1, by service. */
  readonly number: number;
  /** `<iss>/<slug>/status-<n>`, fixed at issue. */
  readonly uri: string;
  readonly size: number;
  /** `open` gives places, `full` has none left, `closed` gives none any more. */
  readonly state: 'open' | 'full' | 'closed';
  /** Places that were not given read INVALID: after a restore that may have lost some. */
  readonly unassignedInvalid: boolean;
  readonly createdAt: Seconds;
  readonly auditSeq: number;
  readonly tampered: boolean;
}
