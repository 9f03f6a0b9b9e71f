import type { Locator, Page } from '@playwright/test';

/** The dialog that shows a secret once. */
export class RevealDialog {
  readonly page: Page;
  readonly dialog: Locator;
  readonly secret: Locator;
  readonly show: Locator;
  readonly hide: Locator;
  readonly copy: Locator;
  readonly saved: Locator;
  readonly done: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: /^(Key created|New secret|Key rotated|Token reissued)$/ });
    this.secret = this.dialog.getByRole('region', { name: /^(Secret|Token)$/ });
    this.show = this.dialog.getByRole('button', { name: /^Show (secret|token)$/ });
    this.hide = this.dialog.getByRole('button', { name: /^Hide (secret|token)$/ });
    this.copy = this.secret.getByRole('button', { name: /^(Copy|Copied)/ });
    this.saved = this.dialog.getByRole('checkbox', { name: 'I have saved this key' });
    this.done = this.dialog.getByRole('button', { name: 'Done' });
  }

  /** Presses *Show* and reads what is there. */
  async readSecret(): Promise<string> {
    await this.show.click();
    return (await this.dialog.getByTestId('secret-text').textContent()) ?? '';
  }

  async confirm(): Promise<void> {
    await this.saved.check();
    await this.done.click();
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
