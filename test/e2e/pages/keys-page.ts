import type { Locator, Page } from '@playwright/test';
import { RevealDialog } from './reveal-dialog.ts';

export interface KeyDraft {
  readonly name: string;
  readonly description?: string;
  readonly owner?: string;
  /** Titles as the dialog shows them. */
  readonly permissions?: readonly string[];
}

/** The list of keys with everything around it. */
export class KeysPage {
  readonly page: Page;
  readonly search: Locator;
  readonly create: Locator;
  readonly rows: Locator;
  readonly menu: Locator;

  constructor(page: Page) {
    this.page = page;
    this.search = page.getByRole('searchbox', { name: 'Search keys' });
    this.create = page.getByRole('button', { name: 'Create key' }).first();
    this.rows = page.locator('[role=row][data-key]');
    this.menu = page.getByRole('menu');
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('gridcell', { name, exact: true }) });
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  async createKey({ name, description, owner, permissions = [] }: KeyDraft): Promise<RevealDialog> {
    await this.create.click();
    const dialog = this.dialog('Create key');
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    if (description !== undefined) await dialog.getByLabel('Description').fill(description);
    if (owner !== undefined) await dialog.getByLabel('Owner').fill(owner);
    for (const permission of permissions) await dialog.getByRole('checkbox', { name: permission }).check();
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const reveal = new RevealDialog(this.page);
    await reveal.dialog.waitFor();
    return reveal;
  }

  /** Opens the row's menu by its three dots and takes an item. */
  async act(name: string, item: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await this.menu.getByRole('menuitem', { name: item, exact: true }).click();
  }
}
