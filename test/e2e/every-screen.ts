import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { AuditPage } from './pages/audit-page.ts';
import { ExportPage } from './pages/export-page.ts';
import { answerOpenDialog, ImportPage } from './pages/import-page.ts';
import type { KeysPage } from './pages/keys-page.ts';
import { LockScreen } from './pages/lock-screen.ts';
import { SettingsDialog } from './pages/settings-dialog.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { SigningKeysPage } from './pages/signing-keys-page.ts';
import { pressEscape } from './press-escape.ts';
import { SEED_PASSPHRASE, type Seed, seedName } from './seed.ts';

/** What {@link visitEveryScreen} needs to be there. */
export const EVERY_SCREEN_SEED: Seed = {
  template: 'public-private-keys',
  also: ['role-tokens'],
  keys: 30,
  lock: true,
  special: index => ({
    ...(index === 29
      ? {
          name: 'depot-controller',
          description: 'Opens maintenance sessions to the gates of every depot',
          owner: 'Kim Berg',
          allowedIps: '10.20.0.0/16, 192.0.2.17',
          permissions: ['devices:list', 'devices:read', 'sessions:history'],
        }
      : {}),
    ...(index === 28 ? { expires: '1s' } : {}),
  }),
};

interface Visited {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly keys: KeysPage;
  readonly folder: string;
}

/** Shows every screen and one dialog of each sort, and has each of them looked at. Ends at the lock screen. */
export async function visitEveryScreen(
  { app, page, keys, folder }: Visited,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const dialog = page.getByRole('dialog');
  const navigation = page.getByRole('navigation');
  const closed = async () => {
    await pressEscape(page);
    await expect(dialog.or(keys.menu)).toHaveCount(0);
  };

  await expect(keys.rows.first()).toBeVisible();
  await look('list');
  await keys.tick('depot-controller').click();
  await keys.tick(seedName(27)).click();
  await expect(keys.selected('2')).toBeVisible();
  await look('two keys selected');
  await keys.changeSelected('Revoke…');
  await look('revoke two');
  await closed();
  await page.getByRole('button', { name: 'Columns' }).click();
  await look('columns');
  await closed();
  await keys.row('depot-controller').click();
  for (const tab of ['Main', 'Permissions', 'History']) {
    await page.getByRole('tab', { name: tab }).click();
    await look(`information, ${tab}`);
  }
  await page.getByRole('button', { name: 'Close information' }).click();
  await keys.row('depot-controller').click({ button: 'right' });
  await expect(keys.menu).toBeVisible();
  await look('row menu');
  await closed();
  for (const item of ['Edit…', 'Rotate…', 'Remove…']) {
    await keys.act('depot-controller', item);
    await expect(dialog).toBeVisible();
    await look(item);
    await closed();
  }
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('textbox', { name: 'Commands' })).toBeFocused();
  await look('commands');
  await closed();
  await navigation.getByRole('button', { name: 'Support API' }).first().click();
  const reveal = await keys.createKey({ name: 'shown' });
  await reveal.show.click();
  await look('reveal');
  await reveal.confirm();
  await look('notice');

  const settings = new SettingsDialog(page);
  await settings.open('Support API');
  for (const tab of ['General', 'Policy', 'Catalog'] as const) {
    await settings.tab(tab);
    await look(`settings of a service, ${tab}`);
  }
  await closed();
  await navigation.getByRole('button', { name: 'New service' }).click();
  await expect(dialog).toBeVisible();
  await look('new service');
  await closed();

  const file = join(dirname(folder), 'new.csv');
  writeFileSync(file, 'name,permissions,expires\nfirst,devices:list,30d\nsecond,,30d\n');
  const importing = new ImportPage(page);
  await importing.open();
  await look('issue from a CSV');
  await answerOpenDialog(app, file);
  await importing.choose.click();
  await expect(importing.next).toBeVisible();
  await look('preview');
  await importing.next.click();
  await importing.kept('Encrypted').click();
  await look('where the secrets go');

  const signing = new SigningKeysPage(page);
  await signing.open();
  await signing.rotate(signing.trustKeys);
  await look('signing keys');
  await signing.act(signing.rows(signing.trustKeys, 'Active'), 'Mark as compromised…');
  await look('compromise');
  await closed();

  const audit = new AuditPage(page);
  await audit.open();
  await audit.details('Created');
  await audit.verify.click();
  await expect(audit.verification).toContainText('The log holds');
  await look('audit');

  const exporting = new ExportPage(page);
  for (const tab of ['Inventory', 'Verification bundle', 'Verdict bench']) {
    await exporting.open(tab);
    await look(`export, ${tab}`);
  }

  const preferences = new SettingsPage(page);
  await preferences.open();
  await look('settings');
  await preferences.add.click();
  await look('add an operator');
  await closed();
  await preferences.backup.getByRole('button', { name: 'Back up…' }).click();
  await look('back up');
  await closed();
  await page.keyboard.press('ControlOrMeta+l');
  const lock = new LockScreen(page);
  await lock.unlock('wrong');
  await expect(lock.refusal).toBeVisible();
  await look('lock');
  await lock.unlock(SEED_PASSPHRASE);
  await keys.search.waitFor();
}
