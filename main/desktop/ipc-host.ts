import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import {
  type Channel,
  CONTRACT,
  type ParsedRequest,
  type Response,
  type Result,
} from '../../preload/contract.ts';
import { KeysmithError } from '../keys/errors.ts';
import { APP_ORIGIN } from './app-protocol.ts';

export type Handler<C extends Channel> = (request: ParsedRequest<C>) => Response<C> | Promise<Response<C>>;
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** Puts a handler behind every channel of the contract. */
export function hostContract(handlers: Handlers, isOurs: (event: IpcMainInvokeEvent) => boolean): void {
  for (const channel of Object.keys(CONTRACT) as Channel[]) {
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      // SECURITY: only the app's own page, in its main frame, may ask for anything.
      if (!isOurs(event) || !isMainFrame(event)) throw new Error('This sender may not call the app.');
      return answer(channel, args, handlers[channel] as Handler<Channel>);
    });
  }
}

function isMainFrame({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${APP_ORIGIN}/`);
}

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
    // SECURITY: what went wrong inside may quote data; the window learns only that it did.
    process.stderr.write(`${channel} failed: ${error instanceof Error ? error.stack : String(error)}\n`);
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
