import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { ExportPage } from '../pages/export-page.ts';
import { Keyboard } from '../pages/keyboard.ts';
import { KeysPage } from '../pages/keys-page.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';

const PASSPHRASE = 'correct horse battery staple';

test('the whole job by keyboard alone: from the first start to an audit that holds', async ({
  open,
  folder,
  keychain,
}) => {
  test.setTimeout(120_000);
  const { app, page } = await open();
  const hands = new Keyboard(page);
  const keys = new KeysPage(page);
  const reveal = new RevealDialog(page);
  const row = (name: string) => keys.row(name);
  const backAt = (name: string) =>
    expect(row(name), 'the focus is back at the row it came from').toBeFocused();

  await expect(page.getByLabel('Installation name')).toBeFocused();
  await hands.forbidPointer();
  await hands.press('ControlOrMeta+a');
  await hands.type('Depot');
  await hands.tabTo(page.getByRole('radio', { name: /Team access keys/ }));
  await hands.press('Space');
  if (Object.keys(keychain).length === 0 && process.platform === 'linux') {
    for (const label of ['Passphrase', 'Passphrase again']) {
      await hands.tabTo(page.getByLabel(label, { exact: true }));
      await hands.type(PASSPHRASE);
    }
  }
  await hands.use(page.getByRole('button', { name: 'Create installation' }));
  await keys.search.waitFor();
  await expect(page.getByText('No keys yet')).toBeVisible();

  for (const name of ['spare', 'depot-sync']) {
    await hands.press('ControlOrMeta+n');
    const create = keys.dialog('Create key');
    await expect(create.getByLabel('Name', { exact: true })).toBeFocused();
    await hands.type(name);
    await hands.tabTo(create.getByRole('checkbox', { name: 'View computers' }));
    await hands.press('Space');
    await hands.use(create.getByRole('button', { name: 'Create key' }));
    await save(name === 'depot-sync');
    await backAt(name);
  }

  await hands.press('ControlOrMeta+f');
  await expect(keys.search).toBeFocused();
  await hands.type('depot');
  await expect(page.getByRole('status').filter({ hasText: /^1 key$|^1 selected$/ })).toBeVisible();
  await expect(keys.rows).toHaveCount(1);
  await hands.tabTo(row('depot-sync'));
  await hands.press('Enter');
  await hands.tabTo(page.getByRole('tab', { name: 'Main' }));
  await hands.press('ArrowRight');
  await hands.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'History' })).toBeFocused();
  await expect(page.getByRole('tabpanel')).toContainText('Created');
  await hands.press('Escape');
  await expect(page.getByRole('tab')).toHaveCount(0);
  await backAt('depot-sync');

  await hands.choose('Edit…');
  const edit = keys.dialog('Edit depot-sync');
  await hands.tabTo(edit.getByLabel('Owner'));
  await hands.type('Kim');
  await hands.use(edit.getByRole('button', { name: 'Save changes' }));
  await expect(edit).toBeHidden();
  await backAt('depot-sync');
  await expect
    .poll(() => query(folder, "SELECT owner FROM key WHERE name = 'depot-sync'"))
    .toEqual([{ owner: 'Kim' }]);

  await hands.choose('Disable');
  await expect(row('depot-sync')).toContainText('Disabled');
  await backAt('depot-sync');
  await hands.choose('Enable');
  await expect(row('depot-sync')).toContainText('Active');
  await backAt('depot-sync');

  await hands.choose('Rotate…');
  const rotate = keys.dialog('Rotate depot-sync');
  await hands.tabTo(rotate.getByLabel('Grace period of the old secret'));
  await hands.press('ArrowDown');
  await hands.use(rotate.getByRole('button', { name: 'Rotate' }));
  await expect(reveal.dialog).toContainText('The old secret stays valid until');
  await save(true);
  await backAt('depot-sync');

  await hands.choose('Revoke…');
  const revoke = keys.dialog('Revoke key?');
  await expect(revoke.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await hands.tabTo(revoke.getByLabel(/Reason/), 'Shift+Tab');
  await hands.type('laptop lost');
  await hands.use(revoke.getByRole('button', { name: 'Revoke', exact: true }));
  await expect(row('depot-sync')).toContainText('Revoked');
  await backAt('depot-sync');

  await hands.press('ControlOrMeta+f');
  await hands.press('Escape');
  await expect(keys.rows).toHaveCount(2);
  await hands.tabTo(keys.grid.locator('[role=row][tabindex="0"]'));
  await hands.press('Home');
  await backAt('depot-sync');
  await hands.choose('Remove…');
  await hands.use(keys.dialog('Remove key?').getByRole('button', { name: 'Remove', exact: true }));
  await expect(row('depot-sync')).toHaveCount(0);
  await expect(row('spare'), 'its neighbour has the focus once a row is gone').toBeFocused();

  const exporting = new ExportPage(page);
  const file = join(dirname(folder), 'keys.csv');
  await answerSaveDialog(app, file);
  await hands.command('export');
  await expect(exporting.heading).toBeFocused();
  await hands.use(exporting.export);
  await expect(exporting.result).toContainText('1 key was exported.');
  await expect(exporting.export).toBeFocused();
  expect(existsSync(file)).toBe(true);

  const audit = new AuditPage(page);
  await hands.command('audit');
  await expect(audit.heading).toBeFocused();
  await hands.use(audit.verify);
  await expect(audit.verification).toContainText('The log holds');
  await expect(audit.verify).toBeFocused();
  await hands.expectNoPointer();

  /** Shows, copies and confirms the secret that is revealed. */
  async function save(looks: boolean) {
    await expect(reveal.dialog).toBeVisible();
    if (looks) {
      await hands.use(reveal.show);
      await hands.use(reveal.copy);
      await expect(reveal.copy).toHaveText(/Copied · \d+ s/);
      expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^team_sk_/);
    }
    await hands.tabTo(reveal.saved);
    await hands.press('Space');
    await hands.use(reveal.done);
    await expect(reveal.dialog).toBeHidden();
  }
});
