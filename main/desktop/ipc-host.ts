import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { type Channel, CONTRACT } from '../../preload/contract.ts';
import { answer, type Handler, type Handlers } from './answer.ts';
import { APP_ORIGIN } from './app-files.ts';

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
