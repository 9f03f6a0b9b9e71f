import type { Locator, Page } from '@playwright/test';
import { ExportPage } from './export-page.ts';

/** The bench on the Export screen: what a bundle says of a token. */
export class BenchPage {
  readonly page: Page;
  readonly panel: Locator;
  readonly bundle: Locator;
  readonly token: Locator;
  readonly ask: Locator;
  readonly verdict: Locator;
  readonly problem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('tabpanel', { name: 'Verdict bench' });
    this.bundle = this.panel.getByRole('region', { name: 'Bundle that is asked' });
    this.token = this.panel.getByLabel('Token', { exact: true });
    this.ask = this.panel.getByRole('button', { name: 'Ask', exact: true });
    this.verdict = this.panel.getByRole('region', { name: 'Verdict' });
    this.problem = this.panel.getByRole('alert');
  }

  open(): Promise<void> {
    return new ExportPage(this.page).open('Verdict bench');
  }

  /** What is asked for: nothing, a permission or a role. */
  choose(grant: string): Promise<void> {
    return new ExportPage(this.page).choose(grant);
  }

  async judge(token: string): Promise<void> {
    await this.token.fill(token);
    await this.ask.click();
  }

  step(check: string): Locator {
    return this.verdict.getByRole('listitem').filter({ hasText: new RegExp(`^${check}:`) });
  }
}
