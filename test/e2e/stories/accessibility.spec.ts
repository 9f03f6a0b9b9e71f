import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { seedName } from '../seed.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page, screen: string): Promise<void> {
  // The page may not be left for axe's own blank one, as its newer way of working would.
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' ')
          .slice(0, 300)}`,
    ),
    screen,
  ).toEqual([]);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen is accessible in ${scheme}`, async ({ openSeeded }) => {
    const { app, page, keys } = await openSeeded({
      keys: 12,
      special: index =>
        index === 11 ? { name: 'not-saved', keep: undefined } : { expires: index % 2 ? '90d' : 'never' },
    });
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expect(keys.row('not-saved')).toBeVisible();
    await expectAccessible(page, 'list');

    await keys.row('not-saved').click();
    await expect(page.getByRole('tab', { name: 'Permissions' })).toBeVisible();
    for (const tab of ['Main', 'Permissions', 'History']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page, `information panel, ${tab}`);
    }
    for (const item of ['Edit…', 'Rename…', 'Create like this…', 'New secret…', 'Revoke…', 'Remove…']) {
      await keys.act('not-saved', item);
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, item);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await keys.row(seedName(3)).click({ button: 'right' });
    await expect(keys.menu).toBeVisible();
    await expectAccessible(page, 'row menu');
    await page.keyboard.press('Escape');

    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'command palette');
    await page.keyboard.press('Escape');

    await page.getByRole('navigation').getByRole('button', { name: 'New service' }).click();
    await expect(page.getByRole('dialog', { name: 'New service' })).toBeVisible();
    await expectAccessible(page, 'new service');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    const reveal = await keys.createKey({ name: 'shown' });
    await expectAccessible(page, 'reveal');
    await reveal.show.click();
    await expectAccessible(page, 'reveal, shown');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Close without saving?' })).toBeVisible();
    await expectAccessible(page, 'leave question');
    await page
      .getByRole('dialog', { name: 'Close without saving?' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await reveal.confirm();

    await keys.search.fill('nothing at all');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await expectAccessible(page, 'nothing found');
  });

  test(`first run and failures are accessible in ${scheme}`, async ({ open }) => {
    const { app, page } = await open();
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.getByRole('button', { name: 'Create installation' })).toBeVisible();
    await page.getByRole('button', { name: 'More about the first service' }).click();
    await expectAccessible(page, 'first run');
    await page.getByRole('button', { name: 'Create installation' }).click();
    await expectAccessible(page, 'first run with a mistake');
  });
}
