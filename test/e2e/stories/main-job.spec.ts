import { bytesOf, query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { KeysPage } from '../pages/keys-page.ts';

test('first run, service, create, copy, saved, list, edit, revoke, remove: in the window and in the database', async ({
  open,
  folder,
  keychain,
}) => {
  const { app, page } = await open();
  await page.getByLabel('Installation name').fill('Depot');
  await page.getByRole('radio', { name: /Team access keys/ }).check();
  if (Object.keys(keychain).length === 0 && process.platform === 'linux') {
    await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple');
    await page.getByLabel('Passphrase again').fill('correct horse battery staple');
  }
  await page.getByRole('button', { name: 'Create installation' }).click();

  const keys = new KeysPage(page);
  await expect(page.getByRole('navigation').getByText('Team API')).toBeVisible();
  expect(query(folder, 'SELECT name FROM installation')).toEqual([{ name: 'Depot' }]);
  expect(query(folder, 'SELECT slug FROM service')).toEqual([{ slug: 'team-api' }]);

  const reveal = await keys.createKey({
    name: 'warehouse-sync',
    description: 'Stock counts, nightly',
    owner: 'Dana',
    permissions: ['View computers'],
  });
  await reveal.copy.click();
  await expect(reveal.copy).toHaveText(/Copied · \d+ s/);
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^team_sk_\w{16}_\w{49}$/);
  expect(await reveal.readSecret()).toBe(copied);
  expect(query(folder, 'SELECT saved_at FROM key')).toEqual([{ saved_at: null }]);
  await reveal.confirm();

  await expect(keys.row('warehouse-sync')).toContainText('Active');
  // What is edited next is the key as it is after it was saved.
  await expect(keys.row('warehouse-sync')).not.toContainText('Not saved');
  const [stored] = query(folder, 'SELECT id, name, owner, status, permissions, saved_at FROM key');
  expect(stored).toMatchObject({
    name: 'warehouse-sync',
    owner: 'Dana',
    status: 'active',
    permissions: '["computers:read"]',
  });
  expect(stored?.saved_at).toEqual(expect.any(Number));
  expect(bytesOf(folder).includes(copied.slice(-49, -6)), 'the random part is in no file').toBe(false);

  await keys.act('warehouse-sync', 'Edit…');
  const edit = keys.dialog(/Edit/);
  await edit.getByLabel('Owner').fill('Kim');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
  await expect.poll(() => query(folder, 'SELECT owner FROM key')).toEqual([{ owner: 'Kim' }]);

  await keys.act('warehouse-sync', 'Rename…');
  const rename = keys.dialog(/Rename/);
  await rename.getByRole('textbox').fill('depot-sync');
  await rename.getByRole('button', { name: 'Rename' }).click();
  await expect(keys.row('depot-sync')).toBeVisible();

  await keys.act('depot-sync', 'Revoke…');
  const revoke = keys.dialog('Revoke key?');
  await expect(revoke.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await revoke.getByLabel(/Reason/).fill('laptop lost');
  await revoke.getByRole('button', { name: 'Revoke' }).click();
  await expect(keys.row('depot-sync')).toContainText('Revoked');
  expect(query(folder, 'SELECT status, revoke_reason FROM key')).toEqual([
    { status: 'revoked', revoke_reason: 'laptop lost' },
  ]);

  await keys.act('depot-sync', 'Remove…');
  await keys.dialog('Remove key?').getByRole('button', { name: 'Remove' }).click();
  await expect(keys.row('depot-sync')).toHaveCount(0);
  expect(query(folder, 'SELECT count(*) AS n FROM key')).toEqual([{ n: 0 }]);
  expect(query(folder, 'SELECT id FROM tombstone')).toEqual([{ id: stored?.id }]);

  const actions = query(folder, "SELECT action FROM audit WHERE subject_kind = 'key' ORDER BY seq").map(
    ({ action }) => action,
  );
  expect(actions).toEqual([
    'key.create',
    'key.reveal',
    'key.reveal',
    'key.saved',
    'key.edit',
    'key.rename',
    'key.revoke',
    'key.remove',
  ]);
});
