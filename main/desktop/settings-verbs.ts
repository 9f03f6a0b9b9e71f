import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type SettingsChannel = Extract<keyof Handlers, `settings:${string}`>;

export function settingsVerbs({ settings }: DesktopContext): Pick<Handlers, SettingsChannel> {
  return {
    'settings:layout': () => settings.layout(),
    'settings:keep-layout': layout => {
      settings.keepLayout(layout);
      return null;
    },
  };
}
