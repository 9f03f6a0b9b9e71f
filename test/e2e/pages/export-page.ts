import type { Locator, Page } from '@playwright/test';

/** The Export screen: inventories, bundles and the bench. */
export class ExportPage {
  readonly page: Page;
  readonly heading: Locator;
  /** The tab that is shown. */
  readonly panel: Locator;
  readonly export: Locator;
  readonly cancel: Locator;
  readonly progress: Locator;
  readonly problem: Locator;
  readonly result: Locator;
  readonly next: Locator;
  readonly history: Locator;
  readonly banner: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'Export' });
    this.panel = page.getByRole('tabpanel');
    this.export = this.panel.getByRole('button', { name: 'Export…' });
    this.cancel = this.panel.getByRole('button', { name: 'Cancel' });
    this.progress = this.panel.getByRole('progressbar', { name: 'Export progress' });
    this.problem = this.panel.getByRole('alert');
    this.result = this.panel.getByRole('region', { name: 'Result' });
    this.next = this.panel.getByRole('region', { name: 'Next bundle' });
    this.history = this.panel.getByRole('region', { name: 'Earlier bundles' });
    this.banner = page.getByRole('region', { name: 'Needs attention' });
  }

  async open(tab?: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Export', exact: true }).click();
    await this.heading.waitFor();
    if (tab !== undefined) await this.tab(tab);
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
    await this.page.getByRole('tabpanel', { name, exact: true }).waitFor();
  }

  /** Which keys an inventory lists. */
  keys(name: string): Locator {
    return this.panel.getByRole('radio', { name });
  }

  box(name: string): Locator {
    return this.panel.getByRole('checkbox', { name, exact: true });
  }

  /** A choice beside others, such as a format. */
  async choose(name: string): Promise<void> {
    await this.panel.locator('label', { hasText: new RegExp(`^${name.replace('.', '\\.')}$`) }).click();
  }

  /** Shows in the file manager what was written. */
  showInFolder(): Promise<void> {
    return this.result.getByRole('button', { name: 'Show in folder' }).click();
  }
}
