import type { KeyLine, RevokedLine } from './key-lines.ts';
import type { LineIndex } from './line-index.ts';
import type { Manifest } from './manifest.ts';
import type { StatusList } from './status-list.ts';
import type { TokenKeys } from './token-keys.ts';

/** All that a verdict is taken from. */
export interface Contents {
  readonly manifest: Manifest;
  readonly tokenKeys: TokenKeys;
  readonly keys: LineIndex<KeyLine>;
  readonly revoked: LineIndex<RevokedLine>;
  /** By uri. */
  readonly lists: ReadonlyMap<string, StatusList>;
}
