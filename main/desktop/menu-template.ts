import type { MenuItemConstructorOptions } from 'electron';
import type { AppState, MenuCommand } from '../../preload/contract.ts';
import { hasRight, mayManageKeys } from '../keys/rights.ts';
import type { Service } from '../keys/service.ts';
import type { ZoomStep } from './zoom.ts';

/** Services that the menu lists; the command palette finds the others. */
const LISTED = 30;

export interface MenuParts {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  /** Null before that is known. */
  readonly state: AppState | null;
  /** By title; none while nothing is open. */
  readonly services: readonly Pick<Service, 'slug' | 'title' | 'policy'>[];
  readonly command: (command: MenuCommand) => void;
  readonly showService: (slug: string) => void;
  readonly zoom: (step: ZoomStep) => void;
  readonly licences: () => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The application menu as each system has it. What whoever works here may not do, or nobody while it is locked, is not in it. */
export function menuTemplate(parts: MenuParts): MenuItemConstructorOptions[] {
  const { platform, packaged, state, services, showService, zoom, licences } = parts;
  const isMac = platform === 'darwin';
  const ready = state?.kind === 'ready' ? state : null;
  const may = (action: Parameters<typeof hasRight>[1]) =>
    ready !== null && hasRight(ready.operator.role, action);
  const manages =
    ready !== null &&
    (mayManageKeys(ready.operator.role, 'admin') ||
      services.some(({ policy }) => mayManageKeys(ready.operator.role, policy.managed_by)));
  const item = (
    id: MenuCommand,
    label: string,
    accelerator?: string,
    offered = ready !== null,
  ): MenuItemConstructorOptions[] =>
    offered ? [{ id, label, ...(accelerator && { accelerator }), click: () => parts.command(id) }] : [];
  const settings = item('settings', 'Settings…', 'CmdOrCtrl+,');

  const app: MenuItemConstructorOptions = {
    label: 'Keysmith',
    submenu: tidy([
      { role: 'about', label: 'About Keysmith' },
      separator,
      ...settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide', label: 'Hide Keysmith' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit', label: 'Quit Keysmith' },
    ]),
  };
  const keys: MenuItemConstructorOptions = {
    label: '&Keys',
    submenu: tidy([
      ...item('create-key', 'Create key…', 'CmdOrCtrl+N', manages),
      ...item('import-keys', 'Issue keys from a CSV…', undefined, manages && services.length > 0),
      ...item('create-service', 'New service…', undefined, may('service.create')),
      separator,
      ...item('search', 'Search', 'CmdOrCtrl+F'),
      ...item('palette', 'Commands…', 'CmdOrCtrl+K'),
      separator,
      ...item('review-expiring', 'Keys that expire soon'),
      separator,
      ...(isMac ? [] : settings),
      ...item('lock', 'Lock now', 'CmdOrCtrl+L'),
      separator,
      isMac ? { role: 'close' } : { role: 'quit' },
    ]),
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: tidy([
      { id: 'zoom-in', label: 'Zoom in', accelerator: 'CmdOrCtrl+Plus', click: () => zoom('in') },
      // The same key without Shift, where Plus needs it.
      { label: 'Zoom in', accelerator: 'CmdOrCtrl+=', visible: false, click: () => zoom('in') },
      { id: 'zoom-out', label: 'Zoom out', accelerator: 'CmdOrCtrl+-', click: () => zoom('out') },
      { id: 'zoom-reset', label: 'Actual size', accelerator: 'CmdOrCtrl+0', click: () => zoom('reset') },
      separator,
      { role: 'togglefullscreen', label: 'Full screen' },
      ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
    ]),
  };
  const go: MenuItemConstructorOptions = {
    label: '&Go',
    submenu: tidy([
      ...item('all-keys', 'All keys', 'CmdOrCtrl+1'),
      ...item('signing-keys', 'Signing keys', 'CmdOrCtrl+2'),
      ...item('audit', 'Audit', 'CmdOrCtrl+3'),
      ...item('export', 'Export', 'CmdOrCtrl+4'),
      ...(ready
        ? [
            {
              id: 'go-settings',
              label: 'Settings',
              accelerator: 'CmdOrCtrl+5',
              click: () => parts.command('settings'),
            },
          ]
        : []),
      separator,
      ...(ready ? services.slice(0, LISTED) : []).map(({ slug, title }) => ({
        id: `service:${slug}`,
        label: plain(title),
        click: () => showService(slug),
      })),
    ]),
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    label: '&Help',
    submenu: tidy([
      ...item('shortcuts', 'Keyboard shortcuts', 'CmdOrCtrl+/'),
      { id: 'licences', label: 'Licences', click: licences },
      separator,
      ...(isMac
        ? []
        : ready
          ? item('about', 'About Keysmith')
          : [{ role: 'about', label: 'About Keysmith' } as const]),
    ]),
  };
  return [
    ...(isMac ? [app] : []),
    keys,
    { role: 'editMenu', label: '&Edit' },
    view,
    ...(ready ? [go] : []),
    { role: 'windowMenu', label: '&Window' },
    help,
  ];
}

/** Without separators that separate nothing. */
function tidy(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.filter(
    (item, index) =>
      item.type !== 'separator' ||
      (items.slice(0, index).some(isShown) &&
        items[index - 1]?.type !== 'separator' &&
        items.slice(index).some(isShown)),
  );
}

const isShown = ({ type }: MenuItemConstructorOptions) => type !== 'separator';

/** A title as it is: menus take a lone `&` for the mark of the next letter. */
function plain(title: string): string {
  return title.replaceAll('&', '&&');
}
