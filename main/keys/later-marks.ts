/** How far the bundles of a service had come in a later state. */
export interface LaterMark {
  /** Of the newest bundle; 0: there was none. */
  readonly sequence: number;
  /** SHA-256 of its manifest.json in hex; null: there was none. */
  readonly manifestSha256: string | null;
  /** The entry of the audit log up to which it knew what happened. */
  readonly headSeq: number;
  /** The highest number of a status list. */
  readonly lists: number;
  /** The kids of the trust keys that verifiers believe after it. */
  readonly trust: ReadonlySet<string>;
}
