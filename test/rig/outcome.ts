/** What a command came to. */
export interface Outcome {
  /** The exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

/** The one JSON value that a command with `--json` printed. */
export function jsonOf(outcome: Outcome): unknown {
  if (outcome.code !== 0) throw new Error(`The command ended with ${outcome.code}: ${outcome.err}`);
  return JSON.parse(outcome.out);
}

/** The failure that a command with `--json` printed. */
export function refusalOf(outcome: Outcome): Refusal {
  if (outcome.code === 0) throw new Error(`The command was not refused: ${outcome.out}`);
  const { error } = JSON.parse(outcome.err) as { error: Refusal };
  return error;
}
