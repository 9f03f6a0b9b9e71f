import type { ElectronApplication, Locator, Page } from '@playwright/test';

/** The screen of the keys that sign. */
export class SigningKeysPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly tokenKeys: Locator;
  readonly trustKeys: Locator;
  readonly handOver: Locator;
  readonly fingerprint: Locator;
  readonly menu: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'Signing keys' });
    this.tokenKeys = page.getByRole('region', { name: 'Token keys' });
    this.trustKeys = page.getByRole('region', { name: 'Trust keys' });
    this.handOver = page.getByRole('region', { name: 'Hand-over' });
    this.fingerprint = page.getByRole('region', { name: 'Fingerprint of trust.json' });
    this.menu = page.getByRole('menu');
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Signing keys' }).click();
    await this.heading.waitFor();
    await this.tokenKeys.waitFor();
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  /** The rows of a section that are in this state. */
  rows(section: Locator, state?: string): Locator {
    const rows = section.locator('tr[data-kid]');
    return state === undefined
      ? rows
      : rows.filter({ has: this.page.getByRole('cell', { name: state, exact: true }) });
  }

  /** Rotates, or makes the first key. */
  async rotate(section: Locator, alg?: string): Promise<void> {
    await section.getByRole('button', { name: /^(Rotate…|Make a .* key…)$/ }).click();
    const dialog = this.dialog(/^(Rotate the|Make the first) /);
    if (alg !== undefined) await dialog.getByLabel('Algorithm').selectOption(alg);
    await dialog.getByRole('button', { name: /^(Rotate|Make key)$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Opens a row's menu by its three dots and takes an item. */
  async act(row: Locator, item: string): Promise<void> {
    await row.getByRole('button', { name: /^Actions for the key/ }).click();
    await this.menu.getByRole('menuitem', { name: item }).click();
  }
}

/** Answers every save dialog of the app with this path; null cancels it. */
export async function answerSaveDialog(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' });
  }, path);
}
