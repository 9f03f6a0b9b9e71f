import type { SpotlightActionData } from '@mantine/spotlight';
import {
  IconClockExclamation,
  IconFileImport,
  IconFolder,
  IconFolderPlus,
  IconInfoCircle,
  IconKey,
  IconKeyboard,
  IconKeyframes,
  IconLock,
  IconPassword,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import type { MenuCommand, ServiceView } from '../../preload/contract.ts';
import { Shortcut } from '../ui/shortcut.tsx';
import { SCREENS } from './screens.ts';
import type { Commands } from './use-commands.ts';

/** A line of the palette, and what choosing it does. */
export interface Offer extends Pick<SpotlightActionData, 'id' | 'label' | 'description' | 'keywords'> {
  readonly id: string;
  readonly label: string;
  readonly group: 'Commands' | 'Places' | 'Keys';
  readonly icon: typeof IconKey;
  /** The letter of its shortcut. */
  readonly letter?: string;
  readonly run: () => void;
}

interface Parts {
  readonly services: readonly ServiceView[];
  readonly commands: Commands;
  /** Null while the lock is off: there is no passphrase. */
  readonly onChangePassphrase: (() => void) | null;
  readonly onGo: (service: string | null) => void;
  /** Null for those who do not change services. */
  readonly onSettings: ((service: string) => void) | null;
}

/** Everything that can be chosen in the palette beside keys: only what whoever works here may do. */
export function paletteOffers(parts: Parts): readonly Offer[] {
  const { services, commands, onChangePassphrase, onGo, onSettings } = parts;
  const command = (
    id: MenuCommand,
    label: string,
    icon: Offer['icon'],
    more: Partial<Pick<Offer, 'letter' | 'group' | 'keywords'>> = {},
  ): readonly Offer[] => {
    const run = commands[id];
    return run === null ? [] : [{ id, label, icon, run, group: 'Commands', ...more }];
  };
  const screens = SCREENS.flatMap(({ id, title, icon }, index) =>
    command(id, `Go to ${title.toLowerCase()}`, icon, { group: 'Places', letter: String(index + 2) }),
  );
  return [
    ...command('create-key', 'Create key', IconKey, { letter: 'N' }),
    ...command('import-keys', 'Issue keys from a CSV', IconFileImport),
    ...command('create-service', 'New service', IconFolderPlus),
    ...command('search', 'Search keys', IconSearch, { letter: 'F' }),
    ...command('review-expiring', 'Show keys that expire soon', IconClockExclamation),
    ...command('lock', 'Lock now', IconLock, { letter: 'L' }),
    ...(onChangePassphrase
      ? [
          {
            id: 'change-passphrase',
            label: 'Change my passphrase',
            icon: IconPassword,
            group: 'Commands',
            run: onChangePassphrase,
          } as const,
        ]
      : []),
    ...command('shortcuts', 'Keyboard shortcuts', IconKeyboard, { letter: '/' }),
    ...command('about', 'About Keysmith', IconInfoCircle, { keywords: 'version licences' }),
    ...command('all-keys', 'Go to all keys', IconKeyframes, { group: 'Places', letter: '1' }),
    ...services.map(
      ({ slug, title }): Offer => ({
        id: `service:${slug}`,
        label: `Go to ${title}`,
        description: slug,
        icon: IconFolder,
        group: 'Places',
        run: () => onGo(slug),
      }),
    ),
    ...screens,
    ...(onSettings ? services : []).map(
      ({ slug, title }): Offer => ({
        id: `settings:${slug}`,
        label: `Settings of ${title}`,
        description: slug,
        icon: IconSettings,
        group: 'Places',
        run: () => onSettings?.(slug),
      }),
    ),
  ];
}

/** After so many milliseconds the palette has given the focus back. */
const FOCUS_RETURN = 60;

/** @param onChosen told what was chosen */
export function toAction(
  { id, label, description, keywords, icon: Icon, letter, run }: Offer,
  onChosen: (id: string) => void,
): SpotlightActionData {
  return {
    id,
    label,
    ...(description !== undefined && { description }),
    ...(keywords !== undefined && { keywords }),
    leftSection: <Icon size={16} aria-hidden />,
    ...(letter !== undefined && { rightSection: <Shortcut letter={letter} /> }),
    onClick: () => {
      onChosen(id);
      setTimeout(run, FOCUS_RETURN);
    },
  };
}
