import { dialog, nativeTheme } from 'electron';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type SettingsChannel = Extract<keyof Handlers, `settings:${string}`>;

export function settingsVerbs(context: DesktopContext): Pick<Handlers, SettingsChannel> {
  const { sessions, settings, preferencesChanged } = context;
  const keep = (change: Parameters<typeof settings.keepPreferences>[0]) => {
    sessions.require();
    const kept = settings.keepPreferences(change);
    nativeTheme.themeSource = kept.theme;
    preferencesChanged();
    return kept;
  };
  return {
    'settings:layout': () => settings.layout(),
    'settings:keep-layout': layout => {
      // Without an installation there is no list to arrange, and maybe no folder that is Keysmith's yet.
      if (sessions.current()) settings.keepLayout(layout);
      return null;
    },
    'settings:preferences': () => settings.preferences(),
    'settings:keep-preferences': keep,
    'settings:choose-export-folder': async () => {
      sessions.require();
      const before = settings.preferences().exportFolder;
      const { canceled, filePaths } = await dialog.showOpenDialog(context.window(), {
        title: 'Where exports go',
        buttonLabel: 'Choose',
        properties: ['openDirectory', 'createDirectory'],
        ...(before !== null && { defaultPath: before }),
      });
      const [folder] = filePaths;
      return canceled || folder === undefined ? null : keep({ exportFolder: folder });
    },
    'settings:forget-export-folder': () => keep({ exportFolder: null }),
    'settings:notices': () => settings.notices(),
    'settings:dismiss': ({ kind }) => {
      settings.dismiss(kind);
      return null;
    },
  };
}
