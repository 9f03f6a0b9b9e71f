import { KeysmithError } from '../keys/errors.ts';
import { fileError } from '../store/durable-file.ts';

/** What went wrong with a draft, told of the place that it was for: nobody asked for the draft. */
export function draftError(error: unknown, draft: string, out: string): unknown {
  const failure = fileError(out, error);
  if (!(failure instanceof KeysmithError) || !failure.message.includes(draft)) return failure;
  const { code, field, message } = failure;
  return new KeysmithError(code, message.replaceAll(draft, out), {
    cause: error,
    ...(field !== undefined && { field }),
  });
}
