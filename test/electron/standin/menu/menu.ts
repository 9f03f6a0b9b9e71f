import type { KeyboardEvent, MenuItemConstructorOptions } from 'electron';
import { notModelled, StrictEmitter, StrictInstance } from '../strict.ts';
import type { BrowserWindow } from '../window/browser-window.ts';
import type { WebContents } from '../window/web-contents.ts';
import { parseAccelerator } from './accelerator.ts';
import { findRole } from './roles.ts';

const types = ['normal', 'separator', 'submenu', 'checkbox', 'radio'];

let lastCommandId = 0;

/** Electron's `MenuItem`. */
export class MenuItem extends StrictInstance {
  readonly id: string | undefined;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | null;
  readonly submenu: Menu | undefined;
  readonly commandId = ++lastCommandId;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly registerAccelerator: boolean;
  readonly #click: MenuItemConstructorOptions['click'];

  constructor(options: MenuItemConstructorOptions) {
    super();
    for (const name of ['before', 'after', 'beforeGroupContaining', 'afterGroupContaining', 'sharingItem']) {
      if (name in options) throw notModelled(`the menu item option ${name}`);
    }
    const role = options.role ? findRole(options.role) : undefined;
    if (options.role && !role) throw notModelled(`the menu role ${options.role}`);
    const submenu = options.submenu ?? (role?.submenu ? [...role.submenu] : undefined);
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined);
    this.id = options.id;
    this.role = options.role?.toLowerCase();
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    if (!types.includes(this.type)) throw notModelled(`the menu item type ${this.type}`);
    this.label = options.label ?? role?.label ?? '';
    if (!this.label && this.type === 'normal') throw new TypeError('Required parameter label missing');
    this.accelerator = options.accelerator ?? role?.accelerator ?? null;
    // Read at once, so that a misspelt one is found out even if nobody presses it.
    if (this.accelerator) parseAccelerator(this.accelerator);
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.#click = options.click;
  }

  /** What choosing the item does: its role, else its own `click(item, window, event)`. */
  click(event?: KeyboardEvent, window?: BrowserWindow, contents?: WebContents): void {
    if (this.type === 'checkbox') this.checked = !this.checked;
    const role = this.role ? findRole(this.role) : undefined;
    if (role?.run) role.run(window, contents ?? window?.webContents);
    else if (this.#click) Reflect.apply(this.#click, undefined, [this, window, event]);
    else if (role && !role.submenu) throw notModelled(`choosing the menu item of the role ${this.role}`);
  }
}

let applicationMenu: Menu | null = null;

/** Electron's `Menu`. It is drawn nowhere; its accelerators work, and tests click its items. */
export class Menu extends StrictEmitter {
  readonly items: MenuItem[] = [];

  constructor() {
    super('Menu', ['menu-will-show', 'menu-will-close']);
  }

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): Menu {
    if (!Array.isArray(template))
      throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    return allItems(this).find(item => item.id === id) ?? null;
  }
  popup(): never {
    throw new Error(
      'electron stand-in: Menu.popup shows a menu nobody can choose from; the test must stub it',
    );
  }
  closePopup(): void {}
}

/** Every item of a menu and its submenus. */
export function allItems(menu: Menu): MenuItem[] {
  return menu.items.flatMap(item => [item, ...(item.submenu ? allItems(item.submenu) : [])]);
}
