import { dirname, join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { query } from '../database.ts';
import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { BenchPage } from '../pages/bench-page.ts';
import { ExportPage } from '../pages/export-page.ts';
import type { KeysPage } from '../pages/keys-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { pictures } from '../take-picture.ts';

/** Creates a key in the window and reads its token. */
async function issue(keys: KeysPage, name: string): Promise<string> {
  const reveal = await keys.createKey({ name, permissions: ['View computers'] });
  const token = await reveal.readSecret();
  await reveal.confirm();
  return token;
}

async function exportBundle(
  app: ElectronApplication,
  page: Page,
  path: string,
  as: 'folder' | 'zip' = 'folder',
): Promise<void> {
  await answerSaveDialog(app, path);
  const failure = await page.evaluate(
    async ([id, how]) => {
      const done = await window.keysmith.exports.bundle({ id, service: 'team-api', as: how });
      return done.ok ? null : done.error.message;
    },
    [path, as] as const,
  );
  expect(failure).toBeNull();
}

async function answerOpenDialog(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({
      canceled: filePath === null,
      filePaths: filePath === null ? [] : [filePath],
    });
  }, path);
}

test('a token is judged by the latest bundle, check by check', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 1 });
  const token = await issue(keys, 'fresh');
  const bench = new BenchPage(page);
  await bench.open();
  await expect(bench.panel).toContainText('No bundle of Team API was found');
  await expect(bench.ask).toBeDisabled();

  await exportBundle(app, page, join(dirname(folder), 'first'));
  await expect(bench.bundle, 'the latest is opened once there is one').toContainText('Bundle 1 of team-api');
  await bench.ask.click();
  await expect(bench.panel).toContainText('Paste a token.');
  await expect(bench.token).toBeFocused();
  await expect(bench.token).toHaveAttribute('type', 'password');
  await bench.token.fill(token);
  await page.keyboard.press('Enter');
  await expect(bench.verdict).toContainText('Valid');
  await expect(bench.verdict).toContainText(
    String(query(folder, "SELECT id FROM key WHERE name = 'fresh'")[0]?.id),
  );
  await expect(bench.step('Checksum')).toContainText('Passed');
  await expect(bench.step('Signature')).toContainText('Not asked');
  await expect(page.getByRole('status').filter({ hasText: 'Valid.' })).toBeAttached();

  await bench.choose('Permission');
  await expect(bench.verdict, 'it was asked otherwise').toHaveCount(0);
  await bench.panel.getByRole('combobox', { name: 'Permission' }).fill('people:read');
  await bench.ask.click();
  await expect(bench.verdict).toContainText('Refused: not granted');
  await expect(bench.step('Grants')).toContainText('Failed');
  await bench.panel.getByRole('combobox', { name: 'Permission' }).fill('computers:read');
  await bench.ask.click();
  await expect(bench.verdict).toContainText('Valid');
  await bench.panel.getByLabel('At', { exact: true }).fill('2001-01-01T10:00');
  await bench.ask.click();
  await expect(bench.verdict).toContainText('Refused: bundle not yet valid');
  await bench.panel.getByLabel('At', { exact: true }).fill('');
  await bench.panel.getByLabel('From the address').fill('not one');
  await bench.ask.click();
  await expect(bench.panel).toContainText('Give one IPv4 or IPv6 address.');
  await expect(bench.panel.getByLabel('From the address')).toBeFocused();
  await bench.panel.getByLabel('From the address').fill('');
  await bench.token.fill('ak_nothing');
  await bench.ask.click();
  await expect(bench.verdict).toContainText('Refused: malformed');
  await expect(bench.verdict).toContainText('Not proven to be of any key');

  await bench.token.fill(token);
  expect(await page.locator('body').innerText(), 'the token is shown nowhere').not.toContain(token);
  await new ExportPage(page).tab('Inventory');
  await new ExportPage(page).tab('Verdict bench');
  await expect(bench.token, 'the field is emptied when the bench is left').toHaveValue('');
});

test('what was revoked is refused from the next bundle on; an older one still takes it', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 1 });
  const token = await issue(keys, 'leaving');
  const [first, second] = [join(dirname(folder), 'first.zip'), join(dirname(folder), 'second')];
  await exportBundle(app, page, first, 'zip');
  await page.evaluate(() => window.keysmith.keys.revoke({ key: 'team-api/leaving' }));
  const bench = new BenchPage(page);
  await bench.open();
  await bench.judge(token);
  await expect(bench.verdict).toContainText('Valid');
  await exportBundle(app, page, second);
  await expect(bench.bundle).toContainText('Bundle 2 of team-api');
  await expect(bench.verdict, 'another bundle says something else').toHaveCount(0);
  await bench.judge(token);
  await expect(bench.verdict).toContainText('Refused: revoked');
  await expect(bench.step('Enabled')).toContainText('Not reached');

  await answerOpenDialog(app, null);
  await bench.panel.getByRole('button', { name: 'Open .zip…' }).click();
  await expect(bench.bundle, 'nothing was picked').toContainText('Bundle 2 of team-api');
  await answerOpenDialog(app, first);
  await bench.panel.getByRole('button', { name: 'Open .zip…' }).click();
  await expect(bench.bundle).toContainText('Bundle 1 of team-api');
  await expect(bench.bundle).toContainText(first);
  await bench.judge(token);
  await expect(bench.verdict).toContainText('Valid');
  await answerOpenDialog(app, folder);
  await bench.panel.getByRole('button', { name: 'Open folder…' }).click();
  await expect(bench.problem).toBeVisible();
  await expect(bench.bundle, 'the one that was open stays').toContainText('Bundle 1 of team-api');
  await bench.panel.getByRole('button', { name: 'Back to the latest of Team API' }).click();
  await expect(bench.bundle).toContainText('Bundle 2 of team-api');
  await expect(bench.problem).toHaveCount(0);
  await bench.judge(token);
  await expect(bench.verdict).toContainText('Refused: revoked');
});

test('the bench is accessible in light and dark', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 1 });
  const token = await issue(keys, 'fresh');
  const bench = new BenchPage(page);
  await bench.open();
  await expectAccessible(page, 'bench without a bundle');
  await exportBundle(app, page, join(dirname(folder), 'first'));
  await expect(bench.bundle).toBeVisible();
  await bench.judge(token);
  await expect(bench.verdict).toContainText('Valid');
  await expectAccessible(page, 'valid');
  await bench.choose('Role');
  await bench.panel.getByRole('combobox', { name: 'Role' }).fill('global-admin');
  await bench.ask.click();
  await expect(bench.verdict).toContainText('Refused: not granted');
  await expectAccessible(page, 'refused');
});

test('pictures of the bench', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 2 });
  const token = await issue(keys, 'fresh');
  const bench = new BenchPage(page);
  await bench.open();
  await pictures(app, page, 'export-bench-empty');
  await exportBundle(app, page, join(dirname(folder), 'first'));
  await expect(bench.bundle).toBeVisible();
  await bench.judge(token);
  await expect(bench.verdict).toBeVisible();
  await pictures(app, page, 'export-bench-valid');
  await page.evaluate(() => window.keysmith.keys.revoke({ key: 'team-api/fresh' }));
  await exportBundle(app, page, join(dirname(folder), 'second'));
  await expect(bench.bundle).toContainText('Bundle 2');
  await bench.choose('Role');
  await bench.judge(token);
  await expect(bench.verdict).toBeVisible();
  await pictures(app, page, 'export-bench-refused');
});
