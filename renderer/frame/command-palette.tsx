import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import {
  IconFileImport,
  IconFolder,
  IconFolderPlus,
  IconKey,
  IconKeyframes,
  IconLock,
  IconPassword,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import type { ServiceView } from '../../preload/contract.ts';
import { Shortcut } from '../ui/shortcut.tsx';
import { SCREENS, type Screen } from './screens.ts';
import type { Commands } from './use-commands.ts';

interface Props {
  readonly services: readonly ServiceView[];
  readonly commands: Commands;
  /** Null while the lock is off: there is no passphrase. */
  readonly onChangePassphrase: (() => void) | null;
  readonly onGo: (service: string | null) => void;
  readonly onOpen: (screen: Screen) => void;
  /** Null for those who do not change services. */
  readonly onSettings: ((service: string) => void) | null;
}

export function openPalette(): void {
  spotlight.open();
}

/** After so many milliseconds the palette has given the focus back. */
const FOCUS_RETURN = 60;

/** Every command and every place by its name. */
export function CommandPalette(props: Props) {
  const { services, commands, onChangePassphrase, onGo, onOpen, onSettings } = props;
  const offers: readonly (SpotlightActionData | false | null)[] = [
    commands['create-key'] && {
      id: 'create-key',
      label: 'Create key',
      leftSection: <IconKey size={16} aria-hidden />,
      rightSection: <Shortcut letter="N" />,
      onClick: commands['create-key'],
    },
    commands['import-keys'] && {
      id: 'import-keys',
      label: 'Issue keys from a CSV',
      leftSection: <IconFileImport size={16} aria-hidden />,
      onClick: () => void setTimeout(() => commands['import-keys']?.(), FOCUS_RETURN),
    },
    commands['create-service'] && {
      id: 'create-service',
      label: 'New service',
      leftSection: <IconFolderPlus size={16} aria-hidden />,
      onClick: commands['create-service'],
    },
    commands.search && {
      id: 'search',
      label: 'Search keys',
      leftSection: <IconSearch size={16} aria-hidden />,
      rightSection: <Shortcut letter="F" />,
      onClick: () => void setTimeout(() => commands.search?.(), FOCUS_RETURN),
    },
    {
      id: 'all-keys',
      label: 'Go to all keys',
      leftSection: <IconKeyframes size={16} aria-hidden />,
      onClick: () => onGo(null),
    },
    ...services.map(({ slug, title }) => ({
      id: `service:${slug}`,
      label: `Go to ${title}`,
      description: slug,
      leftSection: <IconFolder size={16} aria-hidden />,
      onClick: () => onGo(slug),
    })),
    ...(onSettings ? services : []).map(({ slug, title }) => ({
      id: `settings:${slug}`,
      label: `Settings of ${title}`,
      description: slug,
      leftSection: <IconSettings size={16} aria-hidden />,
      onClick: () => onSettings?.(slug),
    })),
    ...SCREENS.map(({ id, title, icon: Icon }) => ({
      id: `screen:${id}`,
      label: `Go to ${title.toLowerCase()}`,
      leftSection: <Icon size={16} aria-hidden />,
      onClick: () => void setTimeout(onOpen, FOCUS_RETURN, id),
    })),
    commands.lock && {
      id: 'lock',
      label: 'Lock now',
      leftSection: <IconLock size={16} aria-hidden />,
      rightSection: <Shortcut letter="L" />,
      onClick: () => void setTimeout(() => commands.lock?.(), FOCUS_RETURN),
    },
    onChangePassphrase && {
      id: 'change-passphrase',
      label: 'Change my passphrase',
      leftSection: <IconPassword size={16} aria-hidden />,
      onClick: () => void setTimeout(onChangePassphrase, FOCUS_RETURN),
    },
  ];
  const actions = offers.filter(offer => offer !== false && offer !== null);
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound="No command has these words."
      highlightQuery
      scrollable
      maxHeight={380}
      limit={50}
      lockScroll={false}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      transitionProps={{ duration: 100, transition: 'fade' }}
      searchProps={{
        placeholder: 'Type a command or a service',
        'aria-label': 'Commands',
        leftSection: <IconSearch size={16} aria-hidden />,
      }}
      title="Commands"
      classNames={{ header: 'unseen' }}
      centered={false}
    />
  );
}
