import { useHotkeys } from '@mantine/hooks';
import type { MenuCommand } from '../../preload/contract.ts';
import { useAppEvent } from '../ui/use-app-event.ts';

/** What each command does; null for what whoever works here may not do. */
export type Commands = Readonly<Record<MenuCommand, (() => void) | null>>;

/**
 * The commands of the menu and their shortcuts, for systems whose menu does not catch them first.
 *
 * @param free false while a dialog is open: nothing may open above it
 * @param closePanel null when no information panel is open
 */
export function useCommands(commands: Commands, free: boolean, closePanel: (() => void) | null): void {
  const run = (command: MenuCommand) => {
    // Whatever is open: who leaves wants to lock.
    if (free || command === 'lock') commands[command]?.();
  };
  useAppEvent('command', run);
  useHotkeys(
    [
      ['mod+N', () => run('create-key')],
      ['mod+F', () => run('search')],
      ['mod+K', () => run('palette')],
      ['mod+L', () => run('lock')],
      ['mod+comma', () => run('settings')],
      ['mod+1', () => run('all-keys')],
      ['mod+2', () => run('signing-keys')],
      ['mod+3', () => run('audit')],
      ['mod+4', () => run('export')],
      ['mod+5', () => run('settings')],
      ['mod+/', () => run('shortcuts')],
    ],
    [],
  );
  // Not from fields, where a question mark is a letter and Escape clears what was typed, nor from what lies above the
  // page and closes itself.
  useHotkeys([
    ['shift+?', () => run('shortcuts')],
    [
      'Escape',
      ({ target }) => {
        if (target instanceof Element && target.closest('[role="dialog"], [role="menu"]')) return;
        if (free) closePanel?.();
      },
      { preventDefault: false },
    ],
  ]);
}
