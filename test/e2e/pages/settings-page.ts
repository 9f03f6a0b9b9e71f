import type { Locator, Page } from '@playwright/test';

/** The Settings screen, and the menu of whoever works here. */
export class SettingsPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly operators: Locator;
  readonly add: Locator;
  readonly lockOn: Locator;
  readonly lockOff: Locator;
  readonly changePassphrase: Locator;
  readonly lockAfter: Locator;
  readonly backup: Locator;
  /** Who works here, in the top bar. */
  readonly you: Locator;
  readonly menu: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'Settings' });
    this.operators = page.getByRole('region', { name: 'Operators and lock' });
    this.add = this.operators.getByRole('button', { name: 'Add operator…' });
    this.lockOn = this.operators.getByRole('button', { name: 'Switch the lock on…' });
    this.lockOff = this.operators.getByRole('button', { name: 'Switch the lock off…' });
    this.changePassphrase = this.operators.getByRole('button', { name: 'Change my passphrase…' });
    this.lockAfter = this.operators.getByLabel('Lock after');
    this.backup = page.getByRole('region', { name: 'Backup and restore' });
    this.you = page.getByRole('button', { name: /^Operator: / });
    this.menu = page.getByRole('menu');
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Settings', exact: true }).click();
    await this.heading.waitFor();
    await this.operators.getByRole('table').waitFor();
  }

  row(name: string): Locator {
    return this.operators.locator(`tr[data-operator="${name}"]`);
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  /** Opens a row's menu by its three dots and takes an item. */
  async act(name: string, item: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await this.menu.getByRole('menuitem', { name: item }).click();
  }

  /** Takes an item of the menu in the top bar. */
  async choose(item: string | RegExp): Promise<void> {
    await this.you.click();
    await this.menu.getByRole('menuitem', { name: item }).click();
  }
}
