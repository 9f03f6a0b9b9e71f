/** What the window sees of operators. Types only. */
import type { OperatorRole } from '../main/keys/operator.ts';

export interface OperatorView {
  readonly name: string;
  readonly role: OperatorRole;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly removed: boolean;
  readonly tampered: boolean;
  /** Whoever works here now. */
  readonly you: boolean;
}

export interface PassphraseStrength {
  /** 0 to 4. */
  readonly score: number;
  /** Whether it is taken. */
  readonly enough: boolean;
}
