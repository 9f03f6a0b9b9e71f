import type { Locator, Page } from '@playwright/test';

/** The settings of a service. */
export class SettingsDialog {
  readonly page: Page;
  readonly dialog: Locator;
  readonly entries: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: /^Settings of/ });
    this.entries = this.dialog.getByRole('list', { name: 'Permissions' }).getByRole('listitem');
  }

  /** Goes to the service and opens its settings by the button beside it. */
  async open(service: string): Promise<void> {
    const navigation = this.page.getByRole('navigation');
    await navigation.getByRole('button', { name: service }).first().click();
    await navigation.getByRole('button', { name: `Settings of ${service}` }).click();
    await this.dialog.waitFor();
  }

  async tab(name: 'General' | 'Policy' | 'Catalog'): Promise<void> {
    await this.dialog.getByRole('tab', { name }).click();
  }

  /** *Save* of the tab in view. */
  get save(): Locator {
    return this.dialog.getByRole('button', { name: 'Save', exact: true });
  }

  async importCatalog(text: string): Promise<void> {
    await this.dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'catalog.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  }
}
