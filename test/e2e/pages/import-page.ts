import type { ElectronApplication, Locator, Page } from '@playwright/test';

/** The screen that issues keys from a file. */
export class ImportPage {
  readonly page: Page;
  readonly heading: Locator;
  /** The step that the admin is at. */
  readonly step: Locator;
  readonly choose: Locator;
  readonly next: Locator;
  readonly check: Locator;
  readonly preview: Locator;
  readonly mistakes: Locator;
  readonly secrets: Locator;
  readonly recipient: Locator;
  readonly issuing: Locator;
  readonly progress: Locator;
  readonly cancel: Locator;
  readonly result: Locator;
  readonly unfinished: Locator;
  readonly problem: Locator;
  readonly banner: Locator;
  /** In the banner's place on other screens, while keys are issued. */
  readonly goesOn: Locator;

  constructor(page: Page) {
    this.page = page;
    const main = page.getByRole('main');
    this.heading = page.getByRole('heading', { level: 1, name: 'Issue keys from a CSV' });
    this.step = main.getByRole('list', { name: 'Steps' }).locator('[aria-current=step]');
    this.choose = main.getByRole('button', { name: 'Choose a CSV…' });
    this.check = main.getByRole('button', { name: 'Check again' });
    this.preview = main.getByRole('region', { name: 'Preview', exact: true });
    this.next = this.preview.getByRole('button', { name: 'Next' });
    this.mistakes = main.getByRole('region', { name: 'Mistakes', exact: true });
    this.secrets = main.getByRole('region', { name: 'Secrets', exact: true });
    this.recipient = this.secrets.getByLabel('Recipient');
    this.issuing = main.getByRole('region', { name: 'Issuing', exact: true });
    this.progress = this.issuing.getByRole('progressbar');
    this.cancel = this.issuing.getByRole('button', { name: 'Cancel' });
    this.result = main.getByRole('region', { name: 'Result', exact: true });
    this.unfinished = main.getByRole('region', { name: 'Not finished' });
    this.problem = main.getByRole('alert');
    this.goesOn = page.getByRole('region', { name: 'In progress' });
    this.banner = page.getByRole('region', { name: 'Needs attention' });
  }

  /** By the menu beside the button that creates one key. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Issue many keys' }).click();
    await this.page.getByRole('menuitem', { name: 'Issue keys from a CSV…' }).click();
    await this.heading.waitFor();
  }

  /** The button that begins to issue. */
  issue(keys: string): Locator {
    return this.secrets.getByRole('button', { name: `Issue ${keys}…` });
  }

  kept(name: string): Locator {
    return this.secrets.getByRole('radio', { name });
  }
}

/** Answers every open dialog of the app with this path; null cancels it. */
export async function answerOpenDialog(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({
      canceled: filePath === null,
      filePaths: filePath === null ? [] : [filePath],
    });
  }, path);
}
