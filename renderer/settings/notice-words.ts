import type { SettingsNotice, UnusableSettings } from '../../preload/contract.ts';

const WHY: Readonly<Record<UnusableSettings, string>> = {
  damaged: 'The file of the settings is damaged',
  newer: 'The file of the settings was written by a newer Keysmith',
  unreadable: 'The file of the settings cannot be read',
};

/** What happened to the file of the settings, and what that means. */
export function noticeWords(notice: SettingsNotice): string {
  switch (notice.kind) {
    case 'set-aside':
      return `${WHY[notice.why]}. It was set aside, and all settings are as at first.`;
    case 'stuck':
      return `${WHY[notice.why]}, and cannot be set aside. All settings are as at first, and changes are not kept.`;
    case 'not-kept':
      return notice.why === 'read-only'
        ? 'The file of the settings is read-only. Changes of settings are not kept.'
        : 'The system let no settings be written. Changes of settings are not kept.';
  }
}
