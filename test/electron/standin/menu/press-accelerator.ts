import type { Input } from 'electron';
import type { BrowserWindow } from '../window/browser-window.ts';
import { matches } from './accelerator.ts';
import { allItems, Menu } from './menu.ts';

/** Chooses the item of the application menu whose accelerator was pressed, if there is one and it is enabled. */
export function pressAccelerator(input: Input, window: BrowserWindow): void {
  const menu = Menu.getApplicationMenu();
  const item = menu && allItems(menu).find(({ accelerator }) => accelerator && matches(accelerator, input));
  if (!item?.enabled || !item.registerAccelerator) return;
  // Chromium does cut, copy and the like by itself, in the page.
  if (isDoneByChromium(item.role)) return;
  const { control, shift, alt, meta } = input;
  const event = {
    triggeredByAccelerator: true,
    ctrlKey: control,
    shiftKey: shift,
    altKey: alt,
    metaKey: meta,
  };
  item.click(event, window, window.webContents);
}

const editing = new Set([
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'pasteandmatchstyle',
  'delete',
  'selectall',
]);

function isDoneByChromium(role: string | undefined): boolean {
  return role !== undefined && editing.has(role);
}
