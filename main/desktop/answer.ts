import { z } from 'zod';
import {
  type Channel,
  CONTRACT,
  type ParsedRequest,
  type Response,
  type Result,
} from '../../preload/contract.ts';
import { KeysmithError } from '../keys/errors.ts';

export type Handler<C extends Channel> = (request: ParsedRequest<C>) => Response<C> | Promise<Response<C>>;
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** Parses what arrived, runs the verb, and gives expected failures as values. */
export async function answer<C extends Channel>(
  channel: C,
  args: readonly unknown[],
  handler: Handler<C>,
): Promise<Result<Response<C>>> {
  const parsed = CONTRACT[channel].request.safeParse(args[0]);
  if (!parsed.success || args.length > 1) {
    return { ok: false, error: invalidRequest(channel, parsed.error).toFailure() };
  }
  try {
    return { ok: true, value: await handler(parsed.data as ParsedRequest<C>) };
  } catch (error) {
    if (error instanceof KeysmithError) return { ok: false, error: error.toFailure() };
    // SECURITY: the message of what went wrong inside may quote data; log and window learn only where it did.
    process.stderr.write(`${channel} failed unexpectedly\n${framesOf(error)}\n`);
    throw new Error('Something unexpected went wrong inside Keysmith.');
  }
}

function invalidRequest(channel: Channel, error: z.ZodError | undefined): KeysmithError {
  const issue = error?.issues[0];
  const field = issue && issue.path.length > 0 ? z.core.toDotPath(issue.path) : undefined;
  return new KeysmithError(
    'REQUEST_INVALID',
    `The request ${channel} cannot be used${field ? `: ${field}` : ''}${issue ? ` – ${issue.message}` : ''}.`,
    field === undefined ? {} : { field },
  );
}

/** Where an error was thrown, without what it says. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .join('\n');
}
