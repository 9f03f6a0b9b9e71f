import type { Locator, Page } from '@playwright/test';
import { BulkDialog } from './bulk-dialog.ts';
import { FilterPanel } from './filter-panel.ts';
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
  readonly grid: Locator;
  /** What can be done with the keys that are selected. */
  readonly tools: Locator;
  readonly filter: FilterPanel;

  constructor(page: Page) {
    this.page = page;
    this.search = page.getByRole('searchbox', { name: 'Search keys' });
    this.create = page.getByRole('button', { name: 'Create key' }).first();
    this.rows = page.locator('[role=row][data-key]');
    this.menu = page.getByRole('menu');
    this.grid = page.getByRole('grid', { name: 'Keys' });
    this.tools = page.getByRole('toolbar', { name: 'Selected keys' });
    this.filter = new FilterPanel(page);
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('gridcell', { name, exact: true }) });
  }

  /** The checkbox of a row. */
  tick(name: string): Locator {
    return this.page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
  }

  /** Waits until so many keys are selected. */
  selected(count: string): Locator {
    return this.page.getByRole('status').filter({ hasText: new RegExp(`^${count} selected$`) });
  }

  column(name: string): Locator {
    return this.grid.getByRole('columnheader', { name, exact: true });
  }

  /** What the rows in view say in a column, by the column's place. */
  async cells(name: string): Promise<string[]> {
    const place = await this.column(name).getAttribute('aria-colindex');
    return this.rows.locator(`[role=gridcell][aria-colindex="${place}"]`).allInnerTexts();
  }

  /** Opens the dialog for what the toolbar offers. */
  async changeSelected(button: string): Promise<BulkDialog> {
    await this.tools.getByRole('button', { name: button }).click();
    const bulk = new BulkDialog(this.page);
    await bulk.dialog.waitFor();
    return bulk;
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
