import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type SettingsChannel = Extract<keyof Handlers, `settings:${string}`>;

export function settingsVerbs({ sessions, settings }: DesktopContext): Pick<Handlers, SettingsChannel> {
  return {
    'settings:layout': () => settings.layout(),
    'settings:keep-layout': layout => {
      // Without an installation there is no list to arrange, and maybe no folder that is Keysmith's yet.
      if (sessions.current()) settings.keepLayout(layout);
      return null;
    },
    'settings:preferences': () => settings.preferences(),
    'settings:keep-preferences': preferences => {
      sessions.require();
      return settings.keepPreferences(preferences);
    },
  };
}
