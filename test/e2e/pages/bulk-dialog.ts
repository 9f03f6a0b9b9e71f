import type { Locator, Page } from '@playwright/test';

/** The dialog that asks before several keys are changed. */
export class BulkDialog {
  readonly dialog: Locator;
  readonly number: Locator;
  readonly reason: Locator;
  readonly cancel: Locator;
  /** The button that changes the keys. */
  readonly change: Locator;
  readonly refusals: Locator;
  readonly deselect: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /^(Disable|Enable|Extend|Revoke|Remove) .*keys?\?$/ });
    this.number = this.dialog.getByLabel(/^Type [\d,]+ to confirm$/);
    this.reason = this.dialog.getByLabel('Reason (optional)');
    this.cancel = this.dialog.getByRole('button', { name: 'Cancel' });
    this.change = this.dialog.getByRole('button', { name: /^(Disable|Enable|Extend|Revoke|Remove) / });
    this.refusals = this.dialog
      .getByRole('region', { name: 'Keys that cannot be changed' })
      .getByRole('listitem');
    this.deselect = this.dialog.getByRole('button', { name: 'Deselect these' });
  }
}
