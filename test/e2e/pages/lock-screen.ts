import type { Locator, Page } from '@playwright/test';

/** What asks for a passphrase before anything else. */
export class LockScreen {
  readonly page: Page;
  readonly heading: Locator;
  readonly operator: Locator;
  readonly passphrase: Locator;
  readonly submit: Locator;
  readonly refusal: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: /^Unlock / });
    this.operator = page.getByLabel('Operator', { exact: true });
    this.passphrase = page.getByLabel(/^Passphrase/);
    this.submit = page.getByRole('button', { name: 'Unlock' });
    this.refusal = page.getByRole('alert');
  }

  async unlock(passphrase: string, operator?: string): Promise<void> {
    if (operator !== undefined) await this.operator.selectOption(operator);
    await this.passphrase.fill(passphrase);
    await this.page.keyboard.press('Enter');
  }
}
