import { expect, type Locator } from '@playwright/test';

/** Presses Enter on an item of an open menu, as soon as it has the focus: on its way there, it goes to the first item. */
export async function pressItem(menu: Locator, name: string | RegExp): Promise<void> {
  await expect.poll(() => menu.evaluate(each => each.contains(document.activeElement))).toBe(true);
  await menu.getByRole('menuitem', { name }).press('Enter');
}
