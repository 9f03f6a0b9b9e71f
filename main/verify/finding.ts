import type { KeyLine, RevokedLine } from './key-lines.ts';
import type { TokenClaims } from './token-claims.ts';
import type { Reason } from './verdict.ts';

/** What a token turned out to be, as far as it was looked into. */
export interface Facts {
  readonly form: 'opaque' | 'jwt' | null;
  /** The key's ID, once proven. */
  readonly key: string | null;
  readonly line: KeyLine | null;
  readonly refused: RevokedLine | null;
  readonly claims: TokenClaims | null;
  /** A JWT's entry in its status list; null when it has none, or is none. */
  readonly status: number | null;
}

export interface Finding extends Facts {
  /** Null: nothing speaks against it yet. */
  readonly reason: Reason | null;
}

const NOTHING: Facts = { form: null, key: null, line: null, refused: null, claims: null, status: null };

export function refusal(reason: Reason, facts: Partial<Facts> = {}): Finding {
  return { ...NOTHING, ...facts, reason };
}
