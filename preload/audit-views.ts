/** What the window sees of the audit log. Types only. Times in seconds since the epoch. */
import type { AuditEntry, SubjectKind } from '../main/keys/audit.ts';

export type AuditEntryView = Pick<AuditEntry, 'seq' | 'at' | 'actor' | 'action' | 'before' | 'after'> & {
  readonly subject: {
    readonly kind: SubjectKind;
    readonly id: string;
    /** What it is called now, or was when it was removed; null where its ID is all there is. */
    readonly name: string | null;
    /** True for a key that is on the list. */
    readonly listed: boolean;
  };
};

export interface AuditRows {
  /** The newest first. */
  readonly entries: readonly AuditEntryView[];
  /** What `before` has to be for the rows that follow; null: the log was looked through to its start. */
  readonly next: number | null;
}

export interface AuditOverview {
  /** The sequence of the newest entry, which is how many there are. */
  readonly head: number;
  /** The names of all operators there ever were. */
  readonly actors: readonly string[];
}

interface FindingView {
  /** What it concerns: `entry 12`, `key ak_…`. */
  readonly subject: string;
  readonly message: string;
}

export interface AuditReportView {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: { readonly seq: number; readonly mac: string };
  /** The first thousand. */
  readonly findings: readonly FindingView[];
  /** How many there are. */
  readonly found: number;
}

export interface ExportedAuditView {
  readonly path: string;
  readonly entries: number;
  /** Where its signature is; null when it was not signed. */
  readonly signature: string | null;
}
