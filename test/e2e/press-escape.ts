import { expect, type Page } from '@playwright/test';

/** Leaves what is open, as soon as it has the focus: a script is quicker than the turn in which the focus moves there. */
export async function pressEscape(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const open = document.querySelectorAll('[role="dialog"], [role="menu"]');
        return open.length === 0 || [...open].some(each => each.contains(document.activeElement));
      }),
    )
    .toBe(true);
  await page.keyboard.press('Escape');
}
