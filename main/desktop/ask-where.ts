import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dialog } from 'electron';
import type { DesktopContext } from './desktop-context.ts';

interface Question {
  readonly title: string;
  readonly name: string;
  readonly extension?: string;
}

/** Asks for a name to save an export under, in the folder that is preferred; null when the dialog was cancelled. */
export function askWhere(
  { window, settings }: Pick<DesktopContext, 'window' | 'settings'>,
  question: Question,
): Promise<string | null> {
  const folder = settings.preferences().exportFolder;
  // A folder that is gone, as with a stick that was pulled, would leave the dialog nowhere.
  const begins = folder !== null && isFolder(folder);
  return ask(window, question, begins ? join(folder, question.name) : question.name);
}

/**
 * The same for a secret.
 *
 * SECURITY: not in the folder of exports: others may be meant to read what is there.
 */
export function askWhereForSecret(
  { window }: Pick<DesktopContext, 'window'>,
  question: Question,
): Promise<string | null> {
  return ask(window, question, question.name);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The dialog asks about a file that has the name already. */
async function ask(
  window: DesktopContext['window'],
  { title, extension }: Question,
  defaultPath: string,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window(), {
    title,
    defaultPath,
    ...(extension !== undefined && {
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    }),
  });
  return canceled || filePath === '' ? null : filePath;
}
