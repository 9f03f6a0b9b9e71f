import { journal } from '../journal.ts';
import { strictObject } from '../strict.ts';

/** Electron's `shell`: what it would have opened is written down. Nothing may be opened on the web. */
export const shell = strictObject('shell', {
  openPath: async (path: string): Promise<string> => {
    journal.openedPaths.push(path);
    return '';
  },
  showItemInFolder: (path: string): void => {
    journal.itemsShownInFolder.push(path);
  },
  beep: (): void => undefined,
  openExternal: async (url: string): Promise<void> => {
    throw new Error(
      `electron stand-in: shell.openExternal('${url}') would leave the app; a test that means it must stub it`,
    );
  },
});
