import type { Locator, Page } from '@playwright/test';

/** The Audit screen: the log, its verification and its export. */
export class AuditPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly verify: Locator;
  readonly signed: Locator;
  readonly export: Locator;
  readonly verification: Locator;
  readonly exported: Locator;
  readonly log: Locator;
  readonly rows: Locator;
  readonly action: Locator;
  readonly operator: Locator;
  readonly words: Locator;
  readonly count: Locator;
  readonly newer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1, name: 'Audit' });
    this.verify = page.getByRole('button', { name: 'Verify', exact: true });
    this.signed = page.getByRole('checkbox', { name: 'Signed', exact: true });
    this.export = page.getByRole('button', { name: 'Export…' });
    this.verification = page.getByRole('region', { name: 'Verification' });
    this.exported = page.getByRole('region', { name: 'Export', exact: true });
    this.log = page.getByRole('region', { name: 'Log', exact: true });
    this.rows = this.log.locator('li[data-seq]');
    this.action = page.getByRole('combobox', { name: 'Action' });
    this.operator = page.getByRole('combobox', { name: 'Operator' });
    this.words = page.getByRole('textbox', { name: 'Key ID or words' });
    this.count = page.getByRole('status').filter({ hasText: /^[\d,]+ entr(y|ies)( so far)?$/ });
    this.newer = page.getByRole('button', { name: 'Show newer entries' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Audit', exact: true }).click();
    await this.heading.waitFor();
    await this.rows.first().waitFor();
  }

  /** The newest row of these words. */
  row(words: string | RegExp): Locator {
    return this.rows.filter({ hasText: words }).first();
  }

  /** The button by which a row opens. */
  line(row: Locator): Locator {
    return row.locator('button[aria-expanded]');
  }

  /** Opens a row and gives what it says of the entry. */
  async details(words: string | RegExp): Promise<Locator> {
    const row = this.row(words);
    await this.line(row).click();
    const details = row.getByRole('region');
    await details.waitFor();
    return details;
  }

  day(label: 'From' | 'To'): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  clear(): Promise<void> {
    return this.page.getByRole('search').getByRole('button', { name: 'Clear', exact: true }).click();
  }
}
