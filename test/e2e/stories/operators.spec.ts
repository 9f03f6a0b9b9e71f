import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { LockScreen } from '../pages/lock-screen.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { SEED_PASSPHRASE } from '../seed.ts';

const OWN = 'plain wooden ladder quiet';
const THEIRS = 'seven loud herons marching';

test('the second operator switches the lock on, and a restart asks who it is', async ({
  openSeeded,
  open,
}) => {
  const { app, page } = await openSeeded({ keys: 3 });
  const settings = new SettingsPage(page);
  await settings.open();
  await expect(settings.lockOn).toBeVisible();
  await expect(settings.changePassphrase).toHaveCount(0);
  const owner = (await settings.operators.locator('tr[data-operator]').getAttribute('data-operator')) ?? '';
  await settings.add.click();
  const dialog = settings.dialog('Add operator');
  await dialog.getByLabel('Name', { exact: true }).fill('vera');
  await dialog.getByRole('radio', { name: 'Viewer' }).check();
  await dialog.getByLabel('Passphrase', { exact: true }).fill('password1');
  await expect(dialog.getByText(/^(Guessed at once|Very easy to guess): add a word or two\.$/)).toBeVisible();
  await dialog.getByLabel('Passphrase again', { exact: true }).fill('password1');
  await dialog.getByLabel('Your own passphrase', { exact: true }).fill(OWN);
  await dialog.getByLabel('Your own passphrase again').fill(`${OWN}!`);
  await dialog.getByRole('button', { name: 'Add operator' }).click();
  await expect(dialog.getByText('The two passphrases differ.')).toBeVisible();
  await dialog.getByLabel('Your own passphrase again').fill(OWN);
  await dialog.getByRole('button', { name: 'Add operator' }).click();
  await expect(dialog.getByText(/too easy to guess: its strength is/)).toBeVisible();
  await expect(dialog.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await dialog.getByLabel('Passphrase', { exact: true }).fill(THEIRS);
  await dialog.getByLabel('Passphrase again', { exact: true }).fill(THEIRS);
  await dialog.getByRole('button', { name: 'Add operator' }).click();
  await expect(dialog).toBeHidden();
  await expect(settings.row('vera')).toContainText('Viewer');
  await expect(settings.operators.getByText('The lock is on.')).toBeVisible();
  // Not while there are several.
  await expect(settings.lockOff).toHaveCount(0);
  await app.close();

  const again = await open();
  const lock = new LockScreen(again.page);
  await expect(lock.operator.locator('option')).toHaveText([owner, 'vera']);
  await expect(lock.passphrase).toBeFocused();
  await lock.unlock(OWN, 'vera');
  await expect(lock.refusal).toContainText('This is not the passphrase of vera.');
  await expect(lock.passphrase).toBeFocused();
  await lock.unlock(THEIRS);
  await expect(new SettingsPage(again.page).you).toContainText('vera · viewer');
});

test('owners change roles and remove operators, everybody else looks on', async ({ openSeeded }) => {
  const { page } = await openSeeded({ operators: { max: 'manager', anna: 'admin' } });
  const settings = new SettingsPage(page);
  await settings.open();
  await settings.act('max', 'Change role…');
  const role = settings.dialog('Change the role of max');
  await expect(role.getByRole('button', { name: 'Change role' })).toBeDisabled();
  await role.getByRole('radio', { name: 'Viewer' }).check();
  await role.getByRole('button', { name: 'Change role' }).click();
  await expect(settings.row('max')).toContainText('Viewer');

  await settings.act('max', 'Remove…');
  const remove = settings.dialog('Remove max?');
  await expect(remove.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(remove).toBeHidden();
  await settings.act('max', 'Remove…');
  await remove.getByRole('button', { name: 'Remove operator' }).click();
  await expect(settings.row('max')).toHaveCount(0);
  await settings.operators.getByRole('button', { name: '1 removed operator' }).click();
  await expect(settings.row('max')).toContainText('Removed');
  // The last owner's role stays, and nobody removes themselves.
  await expect(settings.operators.getByRole('button', { name: /^Actions for / })).toHaveCount(1);

  await settings.choose('Lock now');
  const lock = new LockScreen(page);
  await expect(lock.operator.locator('option')).toHaveCount(2);
  await lock.unlock(SEED_PASSPHRASE, 'anna');
  await settings.open();
  await expect(settings.row('anna')).toContainText('You');
  await expect(settings.operators.getByRole('button', { name: /^Actions for / })).toHaveCount(0);
  await expect(settings.add).toHaveCount(0);
  await expect(settings.changePassphrase).toBeVisible();
  await expect(page.getByRole('region', { name: 'Backup and restore' })).toHaveCount(0);
  for (const refused of [
    await page.evaluate(() => window.keysmith.operators.remove({ name: 'anna' })),
    await page.evaluate(() => window.keysmith.operators.edit({ name: 'anna', role: 'owner' })),
  ])
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
});

test('one’s own passphrase is changed, and the lock is switched off again by whoever is alone', async ({
  openSeeded,
}) => {
  const { page } = await openSeeded({ lock: true });
  const settings = new SettingsPage(page);
  await settings.choose('Change my passphrase…');
  const change = settings.dialog('Change my passphrase');
  await change.getByLabel('Passphrase now').fill('not this one');
  await change.getByLabel('New passphrase', { exact: true }).fill(OWN);
  await change.getByLabel('New passphrase again').fill(OWN);
  await change.getByRole('button', { name: 'Change passphrase' }).click();
  await expect(change.getByText(/This is not the passphrase of/)).toBeVisible();
  await expect(change.getByLabel('Passphrase now')).toBeFocused();
  await change.getByLabel('Passphrase now').fill(SEED_PASSPHRASE);
  await change.getByRole('button', { name: 'Change passphrase' }).click();
  await expect(change).toBeHidden();

  await settings.choose('Lock now');
  const lock = new LockScreen(page);
  // Alone, nobody has to say who it is.
  await expect(lock.operator).toHaveCount(0);
  await lock.unlock(OWN);
  await settings.open();
  await settings.lockOff.click();
  const off = settings.dialog('Switch the lock off');
  await off.getByLabel('Your passphrase').fill(SEED_PASSPHRASE);
  await off.getByRole('button', { name: 'Switch off' }).click();
  await expect(off.getByText(/This is not the passphrase of/)).toBeVisible();
  await off.getByLabel('Your passphrase').fill(OWN);
  await off.getByRole('button', { name: 'Switch off' }).click();
  await expect(settings.operators.getByText('The lock is off.')).toBeVisible();
  // What cannot be locked is offered to be.
  await page.keyboard.press('ControlOrMeta+l');
  await expect(settings.dialog('Switch the lock on')).toBeVisible();
});

test('preferences are kept, and nonsense is not', async ({ openSeeded }) => {
  const { page } = await openSeeded({ keys: 1 });
  const settings = new SettingsPage(page);
  await settings.open();
  await expect(settings.lockAfter).toHaveValue('10');
  await settings.lockAfter.fill('481');
  await expect(page.getByText('Give a whole number from 0 to 480.')).toBeVisible();
  await settings.lockAfter.fill('25');
  const kept = () =>
    page.evaluate(async () => {
      const answer = await window.keysmith.settings.preferences();
      return answer.ok ? answer.value : answer.error;
    });
  await expect.poll(kept).toMatchObject({ lockAfterMinutes: 25, backupReminderDays: 30 });
  const backup = () => page.evaluate(() => window.keysmith.backups.last());
  expect(await backup()).toEqual({ ok: true, value: { at: null, due: true } });
  await page.getByLabel('Remind me of a backup after').fill('0');
  await expect.poll(kept).toMatchObject({ lockAfterMinutes: 25, backupReminderDays: 0 });
  expect(await backup()).toEqual({ ok: true, value: { at: null, due: false } });
});

test('an operator is added, and the window locked and unlocked, by the keyboard alone', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({ keys: 1 });
  const settings = new SettingsPage(page);
  await page.keyboard.press('ControlOrMeta+,');
  await expect(settings.heading).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(settings.add).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = settings.dialog('Add operator');
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('mo');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('radio', { name: 'Manager' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  for (const text of [THEIRS, THEIRS, OWN, OWN]) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(settings.row('mo')).toContainText('Viewer');
  await expect(settings.add).toBeFocused();
  // Until the window knows of the lock, the same keys offer to switch it on.
  await expect(settings.changePassphrase).toBeVisible();

  await page.keyboard.press('ControlOrMeta+l');
  const lock = new LockScreen(page);
  await expect(lock.passphrase).toBeFocused();
  await page.keyboard.type(OWN);
  await page.keyboard.press('Enter');
  await expect(keys.rows).toHaveCount(1);
});

test('operators, the lock and their dialogs are accessible in light and dark', async ({ openSeeded }) => {
  test.setTimeout(180_000);
  const { page } = await openSeeded({ operators: { vera: 'viewer', otto: 'owner', gone: 'admin' } });
  const settings = new SettingsPage(page);
  const closed = () => expect(page.getByRole('dialog')).toHaveCount(0);
  await settings.open();
  await settings.act('gone', 'Remove…');
  await expectAccessible(page, 'remove');
  await settings.dialog('Remove gone?').getByRole('button', { name: 'Remove operator' }).click();
  await closed();
  await settings.operators.getByRole('button', { name: '1 removed operator' }).click();
  await settings.lockAfter.fill('999');
  await expectAccessible(page, 'settings');
  await settings.act('vera', 'Change role…');
  await expectAccessible(page, 'role');
  await page.keyboard.press('Escape');
  await closed();
  await settings.add.click();
  await settings.dialog('Add operator').getByLabel('Passphrase', { exact: true }).fill('password1');
  await expect(page.getByText(/add a word or two/)).toBeVisible();
  await settings.dialog('Add operator').getByRole('button', { name: 'Add operator' }).click();
  await expectAccessible(page, 'add, with mistakes');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Throw away' }).click();
  await closed();
  await settings.changePassphrase.click();
  await expectAccessible(page, 'change passphrase');
  await page.keyboard.press('Escape');
  await closed();
  await settings.you.click();
  await expectAccessible(page, 'menu of the operator');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+l');
  const lock = new LockScreen(page);
  await lock.heading.waitFor();
  await expectAccessible(page, 'lock screen');
  for (const wrong of ['one', 'two', 'three']) {
    await lock.unlock(wrong);
    await expect(lock.refusal).toBeVisible();
  }
  await expectAccessible(page, 'lock screen, after wrong passphrases');
});
