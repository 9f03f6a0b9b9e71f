import type { Locator, Page } from '@playwright/test';

/** The dialog in which a key is created or edited. */
export class KeyForm {
  readonly dialog: Locator;
  readonly name: Locator;
  readonly ips: Locator;
  readonly tags: Locator;
  readonly expires: Locator;

  constructor(page: Page, title: string | RegExp) {
    this.dialog = page.getByRole('dialog', { name: title });
    this.name = this.dialog.getByLabel('Name', { exact: true });
    this.ips = this.dialog.getByRole('textbox', { name: /^Allowed IPs/ });
    this.tags = this.dialog.getByRole('list', { name: 'Chosen addresses' }).getByRole('listitem');
    this.expires = this.dialog.getByLabel('Expires', { exact: true });
  }

  /** A row of the role picker, by its place. */
  role(nth: number): Locator {
    return this.dialog.getByRole('group', { name: `Role ${nth}`, exact: true });
  }

  async chooseRole(nth: number, title: string): Promise<void> {
    await this.role(nth).getByLabel('Role', { exact: true }).selectOption({ label: title });
  }

  /** The field that takes the accounts of a role. */
  accounts(nth: number): Locator {
    return this.role(nth).getByRole('combobox', { name: 'Accounts' });
  }

  permission(title: string): Locator {
    return this.dialog.getByRole('checkbox', { name: title, exact: true });
  }

  async choosePublic(): Promise<void> {
    await this.dialog.getByText('Public', { exact: true }).click();
  }

  async choosePrivate(): Promise<void> {
    await this.dialog.getByText('Private', { exact: true }).click();
  }

  /** Puts text into the field for addresses as a paste does. */
  async pasteIps(text: string): Promise<void> {
    await this.ips.evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  async submit(): Promise<void> {
    await this.dialog
      .getByRole('button', { name: /^(Create key|Save changes|Save and reissue token)$/ })
      .click();
  }
}
