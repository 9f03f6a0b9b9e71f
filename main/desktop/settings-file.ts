import { chmodSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ipcMain } from 'electron';
import Store from 'electron-store';
import { z } from 'zod';
import type { SettingsNotice, UnusableSettings } from '../../preload/contract.ts';
import { layoutSchema } from '../../preload/layout.ts';
import { preferencesSchema } from '../../preload/preferences.ts';
import { windowPlaceSchema } from './window-place.ts';
import { ZOOM_FACTORS } from './zoom.ts';

/** Goes up with every change after which an older Keysmith would not understand the file. */
const VERSION = 1;

/** All of `config.json`. What is absent is as at first. */
const keptSchema = z.looseObject({
  version: z.int().min(1).optional(),
  layout: layoutSchema.optional(),
  preferences: preferencesSchema.partial().optional(),
  window: windowPlaceSchema.optional(),
  zoom: z.number().min(ZOOM_FACTORS[0]).max(2).optional(),
  /** Where the latest bundle of each service went. */
  bundles: z.record(z.string(), z.string()).optional(),
});
export type Kept = Readonly<z.infer<typeof keptSchema>>;

/** The file of the settings. It is the truth: what could not be written there does not hold. */
export interface SettingsFile {
  read(): Kept;
  write<N extends 'layout' | 'preferences' | 'window' | 'zoom' | 'bundles'>(name: N, value: Kept[N]): void;
  notices(): readonly SettingsNotice[];
  dismiss(kind: SettingsNotice['kind']): void;
}

/** @param onNotice told when there is something to say about the file */
export function openSettingsFile(folder: string, onNotice: () => void): SettingsFile {
  const path = join(folder, 'config.json');
  const notices = new Map<SettingsNotice['kind'], SettingsNotice>();
  const said = new Set<string>();
  const notice = (next: SettingsNotice, detail: string, again = false) => {
    // The file is read again and again: what was said, and read, is not said at the next look.
    const text = JSON.stringify(next);
    if (said.has(text) && !again) return;
    said.add(text);
    if (JSON.stringify(notices.get(next.kind)) === text) return;
    notices.set(next.kind, next);
    process.stderr.write(`${detail}\n`);
    onNotice();
  };
  const open = (): Store<Kept> | undefined => {
    try {
      return openStore(folder);
    } catch (error) {
      const why = unusable(error);
      const aside = setAside(path);
      const detail = `The settings cannot be read: ${codeOf(error)}`;
      if (aside === undefined) notice({ kind: 'stuck', why, path }, detail);
      else notice({ kind: 'set-aside', why, path: aside }, detail);
      return aside === undefined ? undefined : openStore(folder);
    }
  };
  const isReadOnly = () => {
    const found = statSync(path, { throwIfNoEntry: false });
    // The library would put a new file in its place, whatever the mode says.
    return found?.isFile() === true && (found.mode & 0o200) === 0;
  };
  const notKept = (why: 'read-only' | 'refused', code: string, again: boolean) =>
    notice({ kind: 'not-kept', why, path }, `The settings were not kept: ${code}`, again);
  return {
    read() {
      // The library would make the folder: one that was moved away could then no longer be moved back.
      if (!existsSync(folder)) return {};
      const kept = open()?.store ?? {};
      if (isReadOnly()) notKept('read-only', 'read-only', false);
      return kept;
    },
    write(name, value) {
      if (!existsSync(folder)) return;
      const store = open();
      if (isReadOnly()) return notKept('read-only', 'read-only', true);
      if (!store) return;
      try {
        store.set({ version: VERSION, [name]: value });
        if (notices.delete('not-kept')) onNotice();
      } catch (error) {
        notKept('refused', codeOf(error), true);
      }
    },
    notices: () => [...notices.values()],
    dismiss(kind) {
      if (notices.delete(kind)) onNotice();
    },
  };
}

/** A file that a newer Keysmith wrote: what it means by its settings is not known here. */
class NewerSettings extends Error {
  override readonly name = 'NewerSettings';
}

function openStore(folder: string): Store<Kept> {
  try {
    return new Store<Kept>({
      cwd: folder,
      name: 'config',
      configFileMode: 0o600,
      deserialize(text) {
        const value: unknown = JSON.parse(text);
        const { version } = z.looseObject({ version: z.unknown().optional() }).parse(value);
        if (typeof version === 'number' && version > VERSION) throw new NewerSettings();
        return keptSchema.parse(value);
      },
    });
  } finally {
    // SECURITY: the library answers on a channel of its own, to whoever asks.
    ipcMain.removeAllListeners('electron-store-get-data');
  }
}

function unusable(error: unknown): UnusableSettings {
  if (error instanceof NewerSettings) return 'newer';
  return (error as NodeJS.ErrnoException).code === undefined || isFolder(error) ? 'damaged' : 'unreadable';
}

const isFolder = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EISDIR';

/** Keeps the file under another name, beside those that were set aside before. @returns undefined when that failed */
function setAside(path: string): string | undefined {
  try {
    let aside = `${path}.damaged`;
    for (let number = 2; existsSync(aside); number += 1) aside = `${path}.damaged-${number}`;
    renameSync(path, aside);
    chmodSync(aside, 0o600);
    return aside;
  } catch (error) {
    process.stderr.write(`The damaged settings cannot be set aside: ${codeOf(error)}\n`);
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).name;
}
