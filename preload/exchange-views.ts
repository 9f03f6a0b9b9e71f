/** What the window sees of exports and bundles. Types only. Times in seconds since the epoch. */
import type { BundleRecord } from '../main/keys/bundle.ts';
import type { BundleChanges } from '../main/keys/bundle-changes.ts';

export interface Exported {
  readonly path: string;
  /** Keys in the file. */
  readonly rows: number;
  /** Where its signature is; null when it was not signed. */
  readonly signature: string | null;
}

export type BundleView = Pick<
  BundleRecord,
  'sequence' | 'issuedAt' | 'expiresAt' | 'createdBy' | 'tampered'
> & {
  /** SHA-256 of its manifest.json in hex. */
  readonly manifestSha256: string;
  /** The trust key that signed it. */
  readonly signedBy: string;
};

export interface ExportedBundleView {
  readonly path: string;
  readonly bundle: BundleView;
  /** Secrets that services accept, or would if their key were enabled. */
  readonly valid: number;
  readonly refused: number;
  /** Secrets of keys that were changed outside Keysmith: services learn nothing of them. */
  readonly tampered: number;
  /** Keys that are bound to addresses and therefore not in the gateway's map. */
  readonly notInMap: number;
}

export type BundleChangesView = Omit<BundleChanges, 'latest'>;

export interface BundleList {
  /** The newest first: the last hundred. */
  readonly bundles: readonly BundleView[];
  /** The number that the next one gets. */
  readonly next: number;
  /** What changed since the newest; since ever where there is none. */
  readonly changes: BundleChangesView;
}

export interface CreatedBackupView {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

export type { LastBackup } from '../main/keys/last-backup.ts';

export interface BundleWarning {
  readonly service: string;
  readonly title: string;
  /** `changed`: its newest bundle lacks something. `none`: it has keys and no bundle. `ending`: ends within a week. `ended`. */
  readonly kind: 'none' | 'changed' | 'ending' | 'ended';
  /** When the newest bundle ends; null when there is none. */
  readonly expiresAt: number | null;
}

export interface BenchBundle {
  readonly path: string;
  readonly iss: string;
  readonly service: string;
  readonly sequence: number;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** One check of a verdict. */
export interface VerdictStep {
  readonly check: string;
  /** `not-asked`: nothing of the kind was asked. `not-reached`: an earlier check failed. */
  readonly outcome: 'passed' | 'failed' | 'not-asked' | 'not-reached';
  /** A sentence for a person; never contains the token. */
  readonly detail: string;
}

export interface VerdictView {
  readonly valid: boolean;
  /** The verifier's code; null when valid. */
  readonly reason: string | null;
  /** The key that the token belongs to, where that is proven. */
  readonly key: string | null;
  readonly steps: readonly VerdictStep[];
}
