import type { LaterKeyState } from '../keys/end-restored-signing-keys.ts';
import type { LaterMark } from '../keys/later-marks.ts';
import type { planStricter } from '../keys/plan-stricter.ts';

export type Planner = ReturnType<typeof planStricter>;

/** What is known of a time after the backup: from the database that is replaced, or from a bundle. */
export interface LaterState {
  /** By slug. */
  readonly marks: ReadonlyMap<string, LaterMark>;
  /** What became of signing keys, by kid. */
  readonly signingKeys: ReadonlyMap<string, LaterKeyState>;
  /** Tells a planner everything that it says of credentials. */
  tell(planner: Planner): Promise<void>;
}
