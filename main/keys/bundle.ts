import type { Ref, Seconds } from './ids.ts';

/** What is remembered of a verification bundle that was exported. Times in seconds since the epoch. */
export interface BundleRecord {
  readonly ref: Ref;
  readonly serviceRef: Ref;
  /** From 1, one sequence a service; it may have gaps. */
  readonly sequence: number;
  /** The moment whose state it carries. */
  readonly issuedAt: Seconds;
  readonly expiresAt: Seconds;
  /** SHA-256 of manifest.json: 32 bytes. */
  readonly manifestSha256: Buffer;
  /** The same of the bundle before; null for the first. */
  readonly previousSha256: Buffer | null;
  /** The audit entry up to which the bundle knows what happened. */
  readonly headSeq: number;
  /** The trust key that signed it. */
  readonly signingKeyRef: Ref;
  readonly createdBy: string;
  readonly auditSeq: number;
  readonly tampered: boolean;
}
