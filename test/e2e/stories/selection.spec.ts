import { expect, test } from '../fixtures.ts';
import { seedName } from '../seed.ts';

test('a click selects one, a tick adds one, and Shift selects what lies between', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 12 });
  const panel = page.getByRole('complementary', { name: 'Key information' });
  await keys.row(seedName(10)).click();
  await expect(panel).toBeVisible();
  await expect(keys.selected('1')).toBeVisible();
  await expect(keys.tick(seedName(10))).toBeChecked();
  await expect(keys.tools.getByRole('button', { name: 'Edit…' })).toBeVisible();

  await keys.tick(seedName(8)).click();
  await expect(keys.selected('2')).toBeVisible();
  await expect(panel).toBeHidden();
  await keys.row(seedName(6)).click({ modifiers: ['ControlOrMeta'] });
  await expect(keys.selected('3')).toBeVisible();
  await keys.row(seedName(3)).click({ modifiers: ['Shift'] });
  await expect(keys.selected('4')).toBeVisible();
  for (const nth of [3, 4, 5, 6])
    await expect(keys.row(seedName(nth))).toHaveAttribute('aria-selected', 'true');
  await expect(keys.row(seedName(8))).toHaveAttribute('aria-selected', 'false');

  await page.keyboard.press('Escape');
  await expect(keys.tools).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: /^12 keys$/ })).toBeVisible();
});

test('arrows walk the toolbar, and its last button gives the focus back to the list', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({ keys: 3 });
  await keys.tick(seedName(2)).click();
  await keys.tick(seedName(1)).click();
  await keys.tools.getByRole('button', { name: 'Disable…' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(keys.tools.getByRole('button', { name: 'Enable…' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(keys.tools.getByRole('button', { name: 'Clear selection' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(keys.tools).toBeHidden();
  await expect(keys.grid.locator(':focus')).toBeVisible();
});

test('nothing moves when the toolbar appears', async ({ openSeeded }) => {
  const { keys } = await openSeeded({ keys: 3 });
  await expect(keys.row(seedName(2))).toBeVisible();
  const before = await keys.grid.boundingBox();
  await keys.tick(seedName(2)).click();
  await keys.tick(seedName(1)).click();
  await expect(keys.tools).toBeVisible();
  expect(await keys.grid.boundingBox()).toEqual(before);
});

test('by keyboard: Space, arrows, Shift with arrows, and all', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 250 });
  await keys.row(seedName(249)).focus();
  await page.keyboard.press('Space');
  await expect(keys.selected('1')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(keys.row(seedName(248)), 'the one that is selected goes with the focus').toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Space');
  await expect(keys.selected('2')).toBeVisible();
  await expect(keys.row(seedName(246))).toBeFocused();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(keys.selected('3')).toBeVisible();
  await page.keyboard.press('Shift+End');
  await expect(keys.selected('247')).toBeVisible();
  await expect(keys.row(seedName(0))).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ControlOrMeta+a');
  await expect(keys.selected('250')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys.tools).toBeHidden();
  await expect(keys.row(seedName(0)), 'the focus stays in the list').toBeFocused();

  await page.keyboard.press('Shift+ArrowUp');
  await expect(keys.selected('2'), 'a range begins where the focus was').toBeVisible();
});

test('all that match are selected, also those that were never loaded, and a narrower filter drops them', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({ keys: 1200 });
  await expect(keys.row(seedName(1199))).toBeVisible();
  const all = page.getByRole('checkbox', { name: 'Select all keys' });
  await all.click();
  await expect(keys.selected('1,200')).toBeVisible();
  await expect(all).toBeChecked();
  await keys.grid.evaluate(grid => grid.scrollTo(0, 20_000));
  await expect(keys.tick(seedName(640))).toBeChecked();
  await keys.tick(seedName(640)).click();
  await expect(keys.selected('1,199')).toBeVisible();
  await keys.search.fill('key-0000');
  await expect(keys.tools).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: /^100 keys$/ })).toBeVisible();
});

test('a key that another process removed is forgotten', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 6 });
  for (const nth of [5, 4, 3]) await keys.tick(seedName(nth)).click();
  await expect(keys.selected('3')).toBeVisible();
  await page.evaluate(name => window.keysmith.keys.remove({ key: `team-api/${name}` }), seedName(4));
  await expect(keys.selected('2')).toBeVisible();
  await page.evaluate(name => window.keysmith.keys.remove({ key: `team-api/${name}` }), seedName(5));
  await expect(keys.selected('1')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Key information' })).toContainText(seedName(3));
  await page.evaluate(name => window.keysmith.keys.remove({ key: `team-api/${name}` }), seedName(3));
  await expect(keys.tools).toBeHidden();
});
