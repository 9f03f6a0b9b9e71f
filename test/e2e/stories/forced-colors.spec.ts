import { EVERY_SCREEN_SEED, visitEveryScreen } from '../every-screen.ts';
import { expectAccessibleAsShown } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { picture } from '../take-picture.ts';

test('where the system chooses the colours, every screen is accessible, and states are still told apart', async ({
  openSeeded,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, keys } = await openSeeded(EVERY_SCREEN_SEED);
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await expect(keys.rows.first()).toBeVisible();
  const paint = (name: string) =>
    keys.row(name).evaluate(row => {
      const { backgroundColor, outlineStyle } = getComputedStyle(row);
      return { backgroundColor, outlineStyle };
    });
  const plain = await paint('key-000026');
  await keys.row('key-000027').click();
  expect((await paint('key-000027')).backgroundColor, 'a selected row').not.toBe(plain.backgroundColor);
  await page.keyboard.press('ArrowDown');
  await expect(keys.row('key-000026')).toBeFocused();
  expect((await paint('key-000026')).outlineStyle, 'the row with the focus').toBe('solid');
  await page.keyboard.press('Escape');
  await visitEveryScreen({ app, page, keys, folder }, async screen => {
    if (process.env.KEYSMITH_PICTURES) await picture(page, `forced-${screen.replace(/\W+/g, '-')}`);
    await expectAccessibleAsShown(page, screen);
  });
});
