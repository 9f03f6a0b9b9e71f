import { expect, type Locator, type Page } from '@playwright/test';

/** The filter beside the list, or above it where the window is narrow. */
export class FilterPanel {
  readonly address: Locator;
  readonly #panel: Locator;

  constructor(page: Page) {
    this.#panel = page
      .getByRole('complementary', { name: 'Filter' })
      .or(page.getByRole('dialog', { name: 'Filter' }));
    this.address = this.#panel.getByLabel('Admits address');
  }

  group(name: string): Locator {
    return this.#panel.getByRole('group', { name, exact: true });
  }

  choice(group: string, label: string): Locator {
    return this.group(group)
      .getByRole('checkbox', { name: label, exact: true })
      .or(this.group(group).getByRole('radio', { name: label, exact: true }));
  }

  /** Waits until a choice says that it would show so many keys. */
  async expectCount(group: string, label: string, count: string): Promise<void> {
    await expect(this.choice(group, label)).toHaveAccessibleDescription(count);
  }
}
