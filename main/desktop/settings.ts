import { chmodSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ipcMain } from 'electron';
import Store from 'electron-store';
import { z } from 'zod';
import {
  DEFAULT_LAYOUT,
  DEFAULT_PREFERENCES,
  type Layout,
  type Preferences,
} from '../../preload/contract.ts';
import { layoutSchema } from '../../preload/layout.ts';
import { preferencesSchema } from '../../preload/preferences.ts';

/** Preferences, in `config.json` of the data folder. Never anything secret, and never anything that must not get lost. */
export interface Settings {
  layout(): Layout;
  keepLayout(layout: Layout): void;
  preferences(): Preferences;
  keepPreferences(preferences: Preferences): Preferences;
  /** Where the latest bundle of a service was exported to; undefined: nowhere that is remembered. */
  bundlePath(service: string): string | undefined;
  keepBundlePath(service: string, path: string): void;
}

interface Kept {
  layout?: unknown;
  preferences?: unknown;
  bundles?: unknown;
}

/** By service. */
const bundlePaths = z.record(z.string(), z.string());

/** A file that cannot be read or says nonsense is set aside; what cannot be written is only said on the terminal. */
export function openSettings(folder: string): Settings {
  const store = () => {
    const open = openStore(folder);
    if (open) return open;
    setAside(folder);
    return openStore(folder);
  };
  const keep = (name: keyof Kept, value: unknown) => {
    try {
      store()?.set(name, value);
    } catch (error) {
      process.stderr.write(`The settings were not kept: ${codeOf(error)}\n`);
    }
  };
  const bundles = () => {
    const parsed = bundlePaths.safeParse(store()?.get('bundles'));
    return parsed.success ? parsed.data : {};
  };
  const preferences = (): Preferences => {
    const parsed = preferencesSchema.safeParse(store()?.get('preferences'));
    return parsed.success ? parsed.data : DEFAULT_PREFERENCES;
  };
  return {
    preferences,
    keepPreferences(preferred) {
      keep('preferences', preferred);
      return preferences();
    },
    layout() {
      const parsed = layoutSchema.safeParse(store()?.get('layout'));
      return parsed.success ? parsed.data : DEFAULT_LAYOUT;
    },
    keepLayout: layout => keep('layout', layout),
    bundlePath: service => bundles()[service],
    keepBundlePath: (service, path) => keep('bundles', { ...bundles(), [service]: path }),
  };
}

function openStore(folder: string): Store<Kept> | undefined {
  // The library would make the folder: one that was moved away could then no longer be moved back.
  if (!existsSync(folder)) return undefined;
  try {
    const store = new Store<Kept>({ cwd: folder, name: 'config', configFileMode: 0o600 });
    return store;
  } catch (error) {
    process.stderr.write(`The settings cannot be read: ${codeOf(error)}\n`);
    return undefined;
  } finally {
    // SECURITY: the library answers on a channel of its own, to whoever asks.
    ipcMain.removeAllListeners('electron-store-get-data');
  }
}

function setAside(folder: string): void {
  const path = join(folder, 'config.json');
  try {
    if (!existsSync(path)) return;
    chmodSync(path, 0o600);
    renameSync(path, `${path}.damaged`);
  } catch (error) {
    process.stderr.write(`The damaged settings cannot be set aside: ${codeOf(error)}\n`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).name;
}
