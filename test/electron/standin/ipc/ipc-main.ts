import { preventableEvent } from '../preventable-event.ts';
import { StrictEmitter } from '../strict.ts';
import type { WebContents } from '../window/web-contents.ts';
import { makeCloneCodec } from './clone-codec.ts';
import type { Frame } from './frame.ts';
import type { MainMessage, PageMessage } from './page-message.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

const codec = makeCloneCodec();

/** Electron's `ipcMain`. */
class IpcMain extends StrictEmitter {
  readonly #handlers = new Map<string, Handler>();

  constructor() {
    super('ipcMain');
  }

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (...args) => {
      this.removeHandler(channel);
      return handler(...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  static handlerOf(ipc: IpcMain, channel: string): Handler | undefined {
    return ipc.#handlers.get(channel);
  }
}

export const ipcMain = new IpcMain();

const handlerOf = IpcMain.handlerOf;

/** Answers `ipcRenderer.invoke`; failures are worded as Electron words them, on both sides. */
export async function answerInvoke(
  message: Extract<PageMessage, { kind: 'invoke' }>,
  sender: WebContents,
  senderFrame: Frame,
): Promise<MainMessage> {
  const { channel, id } = message;
  try {
    const handler = handlerOf(ipcMain, channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const result = await handler(ipcEvent(sender, senderFrame), ...decodeArguments(message.args));
    return { kind: 'result', id, value: encodeResult(result) };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return { kind: 'failure', id, message: `Error invoking remote method '${channel}': ${error}` };
  }
}

/** Delivers `ipcRenderer.send`. */
export function receiveSend(
  message: Extract<PageMessage, { kind: 'send' }>,
  sender: WebContents,
  senderFrame: Frame,
): void {
  const reply = (channel: string, ...args: unknown[]) => sender.send(channel, ...args);
  const event = Object.assign(ipcEvent(sender, senderFrame), { reply, ports: [] });
  ipcMain.emit(message.channel, event, ...decodeArguments(message.args));
}

/** The message of `webContents.send`. @throws as Electron does when an argument cannot be cloned. */
export function eventMessage(channel: string, args: readonly unknown[]): MainMessage {
  try {
    return { kind: 'event', channel, args: codec.encode(args) };
  } catch {
    throw new Error('Failed to serialize arguments');
  }
}

function ipcEvent(sender: WebContents, senderFrame: Frame): object {
  const { processId, routingId: frameId } = senderFrame;
  return preventableEvent({ sender, senderFrame, processId, frameId, type: 'frame' });
}

function encodeResult(result: unknown): string {
  try {
    return codec.encode(result);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}

function decodeArguments(args: string): unknown[] {
  return codec.decode(args) as unknown[];
}
