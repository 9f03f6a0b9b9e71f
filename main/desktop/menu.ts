import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../preload/contract.ts';

/** The application menu; what it does of Keysmith's own happens in the window. */
export function setUpMenu(
  send: (command: MenuCommand) => void,
  { packaged }: { readonly packaged: boolean },
): void {
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
        command('create-service', 'New service…'),
        { type: 'separator' },
        command('search', 'Search', 'CmdOrCtrl+F'),
        command('palette', 'Commands…', 'CmdOrCtrl+K'),
        { type: 'separator' },
        command('lock', 'Lock', 'CmdOrCtrl+L'),
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
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
