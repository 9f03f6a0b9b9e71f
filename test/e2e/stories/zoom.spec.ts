import { cutOff } from '../cut-off.ts';
import { EVERY_SCREEN_SEED, visitEveryScreen } from '../every-screen.ts';
import { expect, test } from '../fixtures.ts';
import { picture } from '../take-picture.ts';

test('at 200 % nothing is cut off, and nothing but tables scrolls both ways', async ({
  openSeeded,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, keys } = await openSeeded(EVERY_SCREEN_SEED);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setSize(1280, 800);
    window?.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640);
  await visitEveryScreen({ app, page, keys, folder }, async screen => {
    if (process.env.KEYSMITH_PICTURES) await picture(page, `zoom-${screen.replace(/\W+/g, '-')}`);
    // Again where something is: a notice that comes or goes passes the edge.
    await expect.poll(() => cutOff(page), { message: screen }).toEqual([]);
  });
});
