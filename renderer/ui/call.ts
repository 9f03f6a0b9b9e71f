import type { Failure, Result } from '../../preload/contract.ts';
import { queryClient } from './query-client.ts';

/** What a screen tells the admin; `code` is missing when Keysmith itself is at fault. */
export type Problem = Omit<Failure, 'code'> & { readonly code?: Failure['code'] };

/** An expected failure of main, thrown so that queries and forms can catch it. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * Unwraps what a verb answers.
 *
 * @throws CallFailure
 */
export async function call<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (result.ok) return result.value;
  // What the window offers is for the role that the operator had.
  if (result.error.code === 'NOT_ALLOWED') void queryClient.invalidateQueries({ queryKey: ['app'] });
  throw new CallFailure(result.error);
}

export function problemOf(error: unknown): Problem {
  if (error instanceof CallFailure) return error.failure;
  return { message: 'Something went wrong inside Keysmith. Nothing else was changed; try again.' };
}
