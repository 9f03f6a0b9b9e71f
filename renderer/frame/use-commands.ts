import { useHotkeys } from '@mantine/hooks';
import type { MenuCommand } from '../../preload/contract.ts';
import { useAppEvent } from '../ui/use-app-event.ts';

/**
 * The commands of the menu and their shortcuts, for systems whose menu does not catch them first.
 *
 * @param free false while a dialog is open: nothing may open above it
 * @param closePanel null when no information panel is open
 */
export function useCommands(
  commands: Readonly<Record<MenuCommand, () => void>>,
  free: boolean,
  closePanel: (() => void) | null,
): void {
  const run = (command: MenuCommand) => {
    if (free) commands[command]();
  };
  useAppEvent('command', run);
  useHotkeys(
    [
      ['mod+N', () => run('create-key')],
      ['mod+F', () => run('search')],
      ['mod+K', () => run('palette')],
    ],
    [],
  );
  // Not from fields, where Escape clears what was typed, nor from what lies above the page and closes itself.
  useHotkeys([
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
