import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { LockScreen } from '../pages/lock-screen.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { SEED_PASSPHRASE } from '../seed.ts';

const PICTURES = process.env.KEYSMITH_PICTURES ?? join(import.meta.dirname, '../../../test-results/pictures');
const LONG = 'Wilhelmina Aurelia von und zu Hohenstein-Niederfurt, Team Plattformsicherheit Region Mitte';

test.describe.configure({ timeout: 120_000 });

for (const scheme of ['light', 'dark'] as const) {
  test(`pictures of operators and the lock in ${scheme}`, async ({ openSeeded }) => {
    const { app, page, keys } = await openSeeded({
      keys: 4,
      operators: {
        vera: 'viewer',
        Matthäus: 'manager',
        [LONG]: 'owner',
        ...Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`operator-${n}`, 'admin' as const])),
      },
    });
    const shoot = async (name: string) => {
      await settled(page);
      await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`) });
    };
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expect(keys.rows.first()).toBeVisible();
    const settings = new SettingsPage(page);
    await settings.open();
    await settings.act('operator-3', 'Remove…');
    await shoot('operators-remove');
    await settings.dialog('Remove operator-3?').getByRole('button', { name: 'Remove operator' }).click();
    await expect(settings.row('operator-3')).toHaveCount(0);
    await settings.operators.getByRole('button', { name: '1 removed operator' }).click();
    await shoot('settings-operators');
    await page.getByRole('heading', { name: 'About' }).scrollIntoViewIfNeeded();
    await shoot('settings-end');
    await settings.act('vera', 'Change role…');
    await shoot('operators-role');
    await page.keyboard.press('Escape');
    await settings.changePassphrase.click();
    await settings
      .dialog('Change my passphrase')
      .getByLabel('New passphrase', { exact: true })
      .fill('hunter2');
    await expect(page.getByText(/to guess|Guessed at once/)).toBeVisible();
    await shoot('operators-passphrase');
    await page.keyboard.press('Escape');
    await settings.you.click();
    await shoot('operator-menu');
    await page.keyboard.press('Escape');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(960, 600));
    await settings.add.click();
    const add = settings.dialog('Add operator');
    await add.getByRole('button', { name: 'Add operator' }).click();
    await shoot('operators-add-small');
    await page.keyboard.press('Escape');
    await shoot('settings-small');
    await page.keyboard.press('ControlOrMeta+l');
    const lock = new LockScreen(page);
    await lock.heading.waitFor();
    await shoot('lock-small');
    await lock.unlock(SEED_PASSPHRASE, LONG);
    await expect(keys.rows.first()).toBeVisible();
    await shoot('operator-long-small');
    await page.keyboard.press('ControlOrMeta+l');
    await lock.heading.waitFor();
    await shoot('lock-long-small');
    await lock.operator.selectOption('vera');
    await lock.unlock(SEED_PASSPHRASE);
    await expect(keys.rows.first()).toBeVisible();
    await keys.rows.first().click();
    await expect(page.getByRole('tab', { name: 'Main' })).toBeVisible();
    await shoot('viewer-small');
    await page.keyboard.press('ControlOrMeta+l');
    await lock.heading.waitFor();
    for (const wrong of ['one', 'two', 'three']) {
      await lock.unlock(wrong);
      await expect(lock.refusal).toBeVisible();
    }
    await shoot('lock-wait');
  });

  test(`pictures of an installation without a lock in ${scheme}`, async ({ openSeeded }) => {
    const { app, page } = await openSeeded({ keys: 2 });
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, scheme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    const settings = new SettingsPage(page);
    await settings.open();
    await settled(page);
    await page.screenshot({ path: join(PICTURES, `settings-${scheme}.png`) });
    await settings.add.click();
    await settings
      .dialog('Add operator')
      .getByLabel('Passphrase', { exact: true })
      .fill('plain wooden ladder quiet');
    await expect(page.getByText('Very hard to guess.')).toBeVisible();
    await settled(page);
    await page.screenshot({ path: join(PICTURES, `operators-add-${scheme}.png`) });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Throw away' }).click();
    await settings.lockOn.click();
    await settled(page);
    await page.screenshot({ path: join(PICTURES, `lock-on-${scheme}.png`) });
  });
}

/** Waits until nothing moves any more. */
function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => undefined)));
  });
}
