import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppState, MenuCommand } from '../../preload/contract.ts';
import { hasRight } from '../keys/rights.ts';

/** Keysmith's own items, for whom they are: nobody while no installation is open. */
const OFFERS: Readonly<Record<MenuCommand, (state: Extract<AppState, { kind: 'ready' }>) => boolean>> = {
  'create-key': ({ operator }) => hasRight(operator.role, 'key.create'),
  'import-keys': ({ operator }) => hasRight(operator.role, 'key-import.begin'),
  'create-service': ({ operator }) => hasRight(operator.role, 'service.create'),
  search: () => true,
  palette: () => true,
  settings: () => true,
  lock: () => true,
};

/**
 * The application menu; what it does of Keysmith's own happens in the window.
 *
 * @returns shows what there is to do where the app stands now
 */
export function setUpMenu(
  send: (command: MenuCommand) => void,
  { packaged }: { readonly packaged: boolean },
): (state: AppState) => void {
  const command = (id: MenuCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    ...(accelerator && { accelerator }),
    click: () => send(id),
  });
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&Keys',
      submenu: [
        command('create-key', 'Create key…', 'CmdOrCtrl+N'),
        command('import-keys', 'Issue keys from a CSV…'),
        command('create-service', 'New service…'),
        { type: 'separator' },
        command('search', 'Search', 'CmdOrCtrl+F'),
        command('palette', 'Commands…', 'CmdOrCtrl+K'),
        { type: 'separator' },
        command('settings', 'Settings', 'CmdOrCtrl+,'),
        command('lock', 'Lock now', 'CmdOrCtrl+L'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : ([{ role: 'toggleDevTools' }] as const)),
      ],
    },
    { role: 'windowMenu' },
  ];
  app.setAboutPanelOptions({ applicationName: 'Keysmith', applicationVersion: app.getVersion() });
  const menu = Menu.buildFromTemplate(template);
  Menu.setApplicationMenu(menu);
  return state => {
    for (const [id, offered] of Object.entries(OFFERS)) {
      const item = menu.getMenuItemById(id);
      if (item) item.visible = state.kind === 'ready' && offered(state);
    }
  };
}
