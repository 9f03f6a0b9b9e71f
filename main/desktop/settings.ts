import {
  DEFAULT_LAYOUT,
  DEFAULT_PREFERENCES,
  type Layout,
  type PreferenceChange,
  type Preferences,
} from '../../preload/contract.ts';
import { type Kept, openSettingsFile, type SettingsFile } from './settings-file.ts';
import type { WindowPlace } from './window-place.ts';

/** Preferences, in `config.json` of the data folder. Never anything secret, and never anything that must not get lost. */
export interface Settings extends Pick<SettingsFile, 'notices' | 'dismiss'> {
  layout(): Layout;
  keepLayout(layout: Layout): void;
  preferences(): Preferences;
  /** @returns what holds then: what could not be written is as it was */
  keepPreferences(change: PreferenceChange & { exportFolder?: string | null }): Preferences;
  /** Where the window was; undefined before it was closed for the first time. */
  windowPlace(): WindowPlace | undefined;
  keepWindowPlace(place: WindowPlace): void;
  /** How large the page is shown; 1: as it was made. */
  zoom(): number;
  keepZoom(factor: number): void;
  /** Where the latest bundle of a service was exported to; undefined: nowhere that is remembered. */
  bundlePath(service: string): string | undefined;
  keepBundlePath(service: string, path: string): void;
}

/** @param onNotice told when there is something to say about the file that they are kept in */
export function openSettings(folder: string, onNotice: () => void = () => undefined): Settings {
  const file = openSettingsFile(folder, onNotice);
  const bundles = () => file.read().bundles ?? {};
  const preferences = () => withGiven(DEFAULT_PREFERENCES, file.read().preferences ?? {});
  return {
    notices: file.notices,
    dismiss: file.dismiss,
    preferences,
    keepPreferences(change) {
      file.write('preferences', withGiven(preferences(), change));
      return preferences();
    },
    layout: () => file.read().layout ?? DEFAULT_LAYOUT,
    keepLayout: layout => file.write('layout', layout),
    windowPlace: () => file.read().window,
    keepWindowPlace: place => file.write('window', place),
    zoom: () => file.read().zoom ?? 1,
    keepZoom: factor => file.write('zoom', factor),
    bundlePath: service => bundles()[service],
    keepBundlePath: (service, path) => file.write('bundles', { ...bundles(), [service]: path }),
  };
}

/** What is absent stays as it is. */
function withGiven(preferences: Preferences, change: Kept['preferences'] & object): Preferences {
  return {
    ...preferences,
    ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
  };
}
