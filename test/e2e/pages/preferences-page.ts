import type { Locator, Page } from '@playwright/test';
import type { Preferences } from '../../../preload/contract.ts';

/** The preferences on the Settings screen. */
export class PreferencesPage {
  readonly page: Page;
  readonly section: Locator;
  readonly colours: Locator;
  readonly dates: Locator;
  readonly showFirst: Locator;
  readonly warning: Locator;
  readonly notify: Locator;
  readonly clipboard: Locator;
  readonly exportFolder: Locator;
  readonly about: Locator;
  /** What happened to the file of the settings. */
  readonly notices: Locator;

  constructor(page: Page) {
    this.page = page;
    this.section = page.getByRole('region', { name: 'Preferences' });
    this.colours = this.section.getByLabel('Colours');
    this.dates = this.section.getByLabel('Dates');
    this.showFirst = this.section.getByLabel('Show first');
    this.warning = this.section.getByLabel('Warn of keys that expire within');
    this.notify = this.section.getByLabel('Have the system say so');
    this.clipboard = this.section.getByLabel('Clear a copied secret after');
    this.exportFolder = this.section.getByRole('group', { name: 'Exports go to' });
    this.about = page.getByRole('region', { name: 'About' });
    this.notices = this.section.getByRole('note');
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+,');
    await this.section.waitFor();
  }

  /** What is kept. */
  async kept(): Promise<Preferences> {
    return this.page.evaluate(async () => {
      const answer = await window.keysmith.settings.preferences();
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    });
  }
}
