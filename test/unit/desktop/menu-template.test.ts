import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { type MenuParts, menuTemplate } from '../../../main/desktop/menu-template.ts';
import type { OperatorRole } from '../../../main/keys/operator.ts';
import type { AppState } from '../../../preload/contract.ts';

const PLATFORMS = ['darwin', 'win32', 'linux'] as const;

const open = (role: OperatorRole) => ({ kind: 'ready', operator: { name: 'Ann', role } }) as AppState;
const service = (slug: string, title = slug, managed_by = 'admin') =>
  ({ slug, title, policy: { managed_by } }) as MenuParts['services'][number];

function template(parts: Partial<MenuParts> = {}): MenuItemConstructorOptions[] {
  return menuTemplate({
    platform: 'linux',
    packaged: true,
    state: open('owner'),
    services: [service('team-api', 'Team API')],
    command: () => undefined,
    showService: () => undefined,
    zoom: () => undefined,
    licences: () => undefined,
    ...parts,
  });
}

const submenu = (item: MenuItemConstructorOptions | undefined) =>
  (item?.submenu ?? []) as MenuItemConstructorOptions[];
const all = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap(item => [item, ...all(submenu(item))]);

/** Each menu with its lines: what an item is called, and its keys. */
function outline(items: MenuItemConstructorOptions[]): string[] {
  const line = ({ type, label, role, accelerator }: MenuItemConstructorOptions) =>
    type === 'separator' ? '—' : [label ?? role, accelerator].filter(Boolean).join(' ');
  return items.map(item => {
    const lines = submenu(item).filter(({ visible }) => visible !== false);
    return `${line(item)}: ${lines.map(line).join(' | ')}`;
  });
}

const VIEW =
  '&View: Zoom in CmdOrCtrl+Plus | Zoom out CmdOrCtrl+- | Actual size CmdOrCtrl+0 | — | Full screen';
const GO =
  '&Go: All keys CmdOrCtrl+1 | Signing keys CmdOrCtrl+2 | Audit CmdOrCtrl+3 | Export CmdOrCtrl+4 | Settings CmdOrCtrl+5 | — | Team API';
const COMMON =
  'Create key… CmdOrCtrl+N | Issue keys from a CSV… | New service… | — | Search CmdOrCtrl+F | Commands… CmdOrCtrl+K | — | Keys that expire soon | —';

describe('the menu', () => {
  it('has on macOS a menu of the app, with its settings, services and hiding', () => {
    expect(outline(template({ platform: 'darwin' }))).toEqual([
      'Keysmith: About Keysmith | — | Settings… CmdOrCtrl+, | — | services | — | Hide Keysmith | hideOthers | unhide | — | Quit Keysmith',
      `&Keys: ${COMMON} | Lock now CmdOrCtrl+L | — | close`,
      '&Edit: ',
      VIEW,
      GO,
      '&Window: ',
      '&Help: Keyboard shortcuts CmdOrCtrl+/ | Licences',
    ]);
  });

  it.each(['win32', 'linux'] as const)(
    'has on %s settings and the way out under Keys, and itself under Help',
    platform => {
      expect(outline(template({ platform }))).toEqual([
        `&Keys: ${COMMON} | Settings… CmdOrCtrl+, | Lock now CmdOrCtrl+L | — | quit`,
        '&Edit: ',
        VIEW,
        GO,
        '&Window: ',
        '&Help: Keyboard shortcuts CmdOrCtrl+/ | Licences | — | About Keysmith',
      ]);
    },
  );

  it.each(PLATFORMS)(
    'gives no keys twice on %s, nor those that belong to editing, windows and the system',
    platform => {
      const taken = ['A', 'C', 'X', 'V', 'Z', 'Y', 'Shift+Z', 'Q', 'W', 'M', 'H', 'R', 'Space', 'Tab'];
      const given = all(template({ platform })).flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(given).size).toBe(given.length);
      expect(given).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?!CmdOrCtrl\+)/)]));
      expect(given.filter(keys => taken.includes(keys.replace('CmdOrCtrl+', '')))).toEqual([]);
    },
  );

  it('has nothing of an installation while none is open, nor developer tools when packaged', () => {
    for (const platform of PLATFORMS) {
      for (const state of [null, { kind: 'locked' } as AppState, { kind: 'first-run' } as AppState]) {
        const items = template({ platform, state, services: [service('team-api')] });
        const ids = all(items).flatMap(({ id }) => id ?? []);
        expect(ids).toEqual(['zoom-in', 'zoom-out', 'zoom-reset', 'licences']);
        expect(all(items).map(({ role }) => role)).not.toContain('toggleDevTools');
        expect(all(items).map(({ role }) => role)).not.toContain('reload');
      }
    }
    expect(all(template({ packaged: false })).map(({ role }) => role)).toContain('toggleDevTools');
  });

  it('offers each role what it may do', () => {
    const offered = (role: OperatorRole, services = [service('a'), service('b', 'b', 'manager')]) =>
      all(template({ state: open(role), services }))
        .flatMap(({ id }) => id ?? [])
        .filter(id => ['create-key', 'import-keys', 'create-service'].includes(id));
    expect(offered('viewer')).toEqual([]);
    expect(offered('manager')).toEqual(['create-key', 'import-keys']);
    expect(offered('manager', [service('a')])).toEqual([]);
    expect(offered('admin')).toEqual(['create-key', 'import-keys', 'create-service']);
    expect(offered('owner', [])).toEqual(['create-key', 'create-service']);
  });

  it('leads to services by their titles, as they are written', () => {
    const showService = vi.fn();
    const services = [service('r-and-d', 'R&D'), ...Array.from({ length: 40 }, (_, n) => service(`s${n}`))];
    const listed = all(template({ services, showService })).filter(({ id }) => id?.startsWith('service:'));
    expect(listed).toHaveLength(30);
    expect(listed[0]?.label).toBe('R&&D');
    listed[0]?.click?.({} as never, undefined, {} as never);
    expect(showService).toHaveBeenCalledWith('r-and-d');
  });

  it('never has two separators beside each other, at the beginning or at the end', () => {
    for (const role of ['viewer', 'owner'] as const)
      for (const services of [[], [service('a')]])
        for (const line of outline(
          PLATFORMS.flatMap(platform => template({ platform, state: open(role), services })),
        ))
          expect(line).not.toMatch(/: —|— \| —|—$/);
  });

  it('sends what is chosen', () => {
    const command = vi.fn();
    const zoom = vi.fn();
    for (const { click } of all(template({ command, zoom }))) click?.({} as never, undefined, {} as never);
    expect(command.mock.calls.flat().sort()).toEqual(
      [
        ...['about', 'all-keys', 'audit', 'create-key', 'create-service', 'export', 'import-keys', 'lock'],
        ...['palette', 'review-expiring', 'search', 'settings', 'settings', 'shortcuts', 'signing-keys'],
      ].sort(),
    );
    expect(zoom.mock.calls.flat()).toEqual(['in', 'in', 'out', 'reset']);
  });
});
