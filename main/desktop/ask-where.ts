import { type BrowserWindow, dialog } from 'electron';

/** Asks for a name to save under, and about a file that has it already; null when the dialog was cancelled. */
export async function askWhere(
  window: BrowserWindow,
  { title, name, extension }: { title: string; name: string; extension?: string },
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: name,
    ...(extension !== undefined && {
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    }),
  });
  return canceled || filePath === '' ? null : filePath;
}
