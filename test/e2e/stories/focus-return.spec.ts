import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { SettingsDialog } from '../pages/settings-dialog.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { SigningKeysPage } from '../pages/signing-keys-page.ts';
import { pressEscape } from '../press-escape.ts';
import { pressItem } from '../press-item.ts';
import { seedName } from '../seed.ts';

test('whatever is opened and left gives the focus back to what it came from', async ({ openSeeded }) => {
  test.setTimeout(120_000);
  const { page, keys } = await openSeeded({
    template: 'public-private-keys',
    lock: true,
    keys: 6,
    special: index => (index === 5 ? { keep: undefined } : index === 4 ? { expires: '1s' } : {}),
  });
  const dialog = page.getByRole('dialog');
  const menu = page.getByRole('menu');
  const left = () => expect(dialog.or(menu)).toHaveCount(0);

  /** Opens by Enter, waits for what opens, leaves it by Escape. */
  async function back(opener: Locator, what: Locator = dialog, name = String(opener)) {
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(what, name).toBeVisible();
    await pressEscape(page);
    await expect(what).toHaveCount(0);
    await expect(opener, name).toBeFocused();
  }

  /** An item of a menu, which `press` opens. */
  async function backFrom(opener: Locator, press: string, items: readonly (string | RegExp)[]) {
    for (const item of items) {
      await opener.focus();
      await page.keyboard.press(press);
      await pressItem(menu, item);
      await expect(dialog, String(item)).toBeVisible();
      await pressEscape(page);
      await left();
      await expect(opener, String(item)).toBeFocused();
    }
  }

  await expect(keys.rows).toHaveCount(6);
  const row = keys.row(seedName(5));
  for (const item of [
    'Edit…',
    'Rename…',
    'Create like this…',
    'Rotate…',
    'New secret…',
    'Revoke…',
    'Remove…',
  ])
    await backFrom(row, 'Shift+F10', [item]);
  await backFrom(keys.row(seedName(4)), 'Shift+F10', ['Enable…']);
  const dots = row.getByRole('button', { name: `Actions for ${seedName(5)}` });
  await back(dots, menu);
  await back(page.getByRole('button', { name: 'Columns' }), menu);
  await back(page.getByRole('button', { name: 'Issue many keys' }), menu);
  await back(keys.create);
  const commands = page.getByRole('button', { name: /^Commands/ });
  await back(commands);

  await row.focus();
  await page.keyboard.press('Enter');
  const close = page.getByRole('button', { name: 'Close information' });
  for (const leave of ['Escape', 'Enter']) {
    await close.focus();
    await page.keyboard.press(leave);
    await expect(close).toHaveCount(0);
    await expect(row, `the panel left by ${leave}`).toBeFocused();
    await page.keyboard.press('Enter');
    await close.waitFor();
  }
  await back(
    page.getByRole('complementary', { name: 'Key information' }).getByRole('button', { name: 'Revoke…' }),
  );
  await row.focus();
  await pressEscape(page);
  await keys.tick(seedName(5)).press('Space');
  await keys.tick(seedName(3)).press('Space');
  for (const tool of ['Disable…', 'Revoke…', 'Remove…'])
    await back(keys.tools.getByRole('button', { name: tool }));
  await keys.tools.getByRole('button', { name: 'Clear selection' }).press('Enter');
  await expect(page.locator('[role=row]:focus, [role=row] :focus'), 'the list has it').toHaveCount(1);

  const navigation = page.getByRole('navigation');
  await back(navigation.getByRole('button', { name: 'New service' }));
  await navigation.getByRole('button', { name: 'Support API' }).first().press('Enter');
  await back(navigation.getByRole('button', { name: 'Settings of Support API' }));
  const settings = new SettingsDialog(page);
  await settings.open('Support API');
  await settings.tab('Catalog');
  for (const name of ['Add permission', 'Edit Create a session']) {
    const opener = settings.dialog.getByRole('button', { name });
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(2);
    await pressEscape(page);
    await expect(dialog).toHaveCount(1);
    await expect(opener).toBeFocused();
  }
  await pressEscape(page);
  await left();

  const you = page.getByRole('button', { name: /^Operator: / });
  await back(you, menu);
  await backFrom(you, 'Enter', ['Change my passphrase…']);
  const preferences = new SettingsPage(page);
  await preferences.open();
  for (const name of ['Add operator…', 'Change my passphrase…', 'Switch the lock off…', 'Back up…'])
    await back(page.getByRole('main').getByRole('button', { name }));

  const signing = new SigningKeysPage(page);
  await signing.open();
  await back(signing.trustKeys.getByRole('button', { name: /^(Rotate…|Make a .* key…)$/ }));
  await signing.rotate(signing.trustKeys);
  const signingDots = signing.rows(signing.trustKeys).getByRole('button', { name: /^Actions/ });
  await back(signingDots, menu);
  await backFrom(signingDots, 'Enter', ['Mark as compromised…']);

  const audit = new AuditPage(page);
  await audit.open();
  await back(audit.day('From'), page.getByRole('dialog').or(page.locator('[data-dates-dropdown]')));
});
