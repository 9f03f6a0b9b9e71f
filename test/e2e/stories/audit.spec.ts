import type { Page } from '@playwright/test';
import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { seedName } from '../seed.ts';

/** Some life in the log: an edit, a new name, a revoked and a removed key. Answers the ID of the one with a history. */
async function change(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { keys } = window.keysmith;
    const edited = await keys.edit({
      key: 'team-api/key-000005',
      owner: 'Dana Okafor',
      permissions: ['people:read', 'groups:read'],
    });
    await keys.rename({ key: 'team-api/key-000005', name: 'warehouse-sync' });
    await keys.revoke({ key: 'team-api/key-000006', reason: 'leaked in a log' });
    await keys.remove({ key: 'team-api/key-000007' });
    if (!edited.ok) throw new Error(edited.error.message);
    return edited.value.id;
  });
}

test('every change is there with who, when, what, before and after', async ({ openSeeded }) => {
  const { page } = await openSeeded({ keys: 8 });
  const id = await change(page);
  const audit = new AuditPage(page);
  await audit.open();
  await expect(audit.heading).toBeFocused();
  await expect(audit.rows.first()).toContainText(/Removed the key.*key-000007/);
  const edited = await audit.details('Edited the key');
  await expect(edited).toContainText(id);
  await expect(edited.getByRole('row', { name: 'Owner none Dana Okafor' })).toBeVisible();
  await expect(edited.getByRole('row', { name: /^Permissions .*groups:read, people:read$/ })).toBeVisible();
  const revoked = await audit.details('Revoked the key');
  await expect(revoked.getByRole('row', { name: /leaked in a log/ })).toBeVisible();
  const removed = await audit.details('Removed the key');
  await expect(removed).toContainText('Not on the list any more');
  await expect(removed.getByRole('button', { name: 'Show key' })).toHaveCount(0);
  await audit.line(audit.row('Edited the key')).click();
  await expect(edited).toHaveCount(0);
});

test('a key in the log leads to that key, and its history back to the log', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 8 });
  const id = await change(page);
  const audit = new AuditPage(page);
  await audit.open();
  await audit.row('Edited the key').getByRole('button', { name: 'warehouse-sync' }).click();
  await expect(page.getByRole('complementary', { name: 'Key information' })).toContainText('warehouse-sync');
  await expect(keys.row('warehouse-sync')).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Show in the audit log' }).click();
  await expect(audit.heading).toBeFocused();
  await expect(audit.words).toHaveValue(id);
  await expect(audit.rows).toHaveCount(3);
  await expect(audit.count).toHaveText('3 entries');
  const edited = await audit.details('Edited the key');
  await expect(edited.getByRole('button', { name: 'Only entries of this key' })).toHaveCount(0);
  await edited.getByRole('button', { name: 'Show key' }).click();
  await expect(keys.row('warehouse-sync')).toBeVisible();
});

test('the log is narrowed by action, operator, words and time, and all of it comes back', async ({
  openSeeded,
}) => {
  const { page } = await openSeeded({ keys: 12 });
  await change(page);
  const audit = new AuditPage(page);
  await audit.open();
  const all = await audit.count.innerText();
  await audit.action.selectOption('Created the key');
  await expect(audit.count).toHaveText('12 entries');
  await audit.words.fill('warehouse');
  await expect(audit.rows, 'by what it is called now').toHaveCount(0);
  await audit.words.fill('WAREHOUSE-sync');
  await expect(audit.rows).toHaveCount(1);
  await audit.action.selectOption('Every action');
  await expect(audit.rows).toHaveCount(3);
  await (await audit.details('Renamed the key'))
    .getByRole('button', { name: 'Only entries of this key' })
    .click();
  await expect(audit.words).toHaveValue(/^ak_/);
  await expect(audit.rows).toHaveCount(3);
  await audit.clear();
  await expect(audit.count).toHaveText(all);
  await audit.operator.selectOption({ index: 1 });
  await expect(audit.count, 'there is one operator alone').toHaveText(all);
  const today = new Date().toISOString().slice(0, 10);
  await audit.day('To').fill('2020-01-01');
  await audit.day('To').press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await audit.day('To').fill(today);
  await audit.day('To').press('Enter');
  await audit.day('From').fill(today);
  await audit.day('From').press('Enter');
  await expect(audit.count).toHaveText(all);
  await audit.words.fill('nothing at all');
  await page.getByRole('button', { name: 'Show the whole log' }).click();
  await expect(audit.count).toHaveText(all);
  await expect(audit.words).toHaveValue('');
});

test('what was chosen stays while another screen is shown', async ({ openSeeded }) => {
  const { page } = await openSeeded({ keys: 8 });
  await change(page);
  const audit = new AuditPage(page);
  await audit.open();
  await audit.action.selectOption('Revoked the key');
  await expect(audit.rows).toHaveCount(1);
  await page.getByRole('navigation').getByRole('button', { name: 'Signing keys' }).click();
  await expect(audit.heading).toBeHidden();
  await audit.open();
  await expect(audit.action).toHaveValue('key.revoke');
  await expect(audit.rows).toHaveCount(1);
});

test('a token that is pasted to narrow the log is not kept; its key is found', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded();
  const reveal = await keys.createKey({ name: 'ci' });
  const token = await reveal.readSecret();
  await reveal.confirm();
  const audit = new AuditPage(page);
  await audit.open();
  await audit.words.fill(token);
  await expect(audit.words).toHaveValue(/^ak_[0-9A-Za-z]{16}$/);
  await expect(audit.row('Created the key')).toContainText('ci');
  expect(await page.content()).not.toContain(token.slice(-49, -6));
  await audit.words.fill(token.slice(-49));
  await expect(audit.words).toHaveValue('');
  await expect(page.getByText('This looks like a secret, and was not kept.')).toBeVisible();
});

test('every way in which a new secret is handed out is an entry, once, before it is', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded();
  const reveals = () =>
    query(folder, "SELECT json_extract(after, '$.how') AS how FROM audit WHERE action = 'key.reveal'").map(
      ({ how }) => how,
    );
  const reveal = await keys.createKey({ name: 'ci' });
  expect(reveals()).toEqual([]);
  await reveal.readSecret();
  expect(reveals()).toEqual(['shown']);
  await reveal.hide.click();
  await reveal.readSecret();
  await reveal.copy.click();
  await expect(reveal.copy).toHaveText(/Copied/);
  await reveal.copy.click();
  expect(reveals()).toEqual(['shown', 'copied']);
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
  });
  await reveal.dialog.getByRole('button', { name: 'Save to file…' }).click();
  await expect(reveal.dialog.getByRole('button', { name: 'Save to file…' })).toBeEnabled();
  expect(reveals(), 'nothing was handed out').toEqual(['shown', 'copied']);
  await reveal.confirm();
  await expect(keys.row('ci'), 'confirmed, with no conflict').not.toContainText('Not saved');
  await page.getByRole('tab', { name: 'History' }).click();
  for (const words of ['Secret shown by', 'Secret copied by', 'Marked as saved by'])
    await expect(page.getByRole('tabpanel', { name: 'History' })).toContainText(words);
  const audit = new AuditPage(page);
  await audit.open();
  await expect(audit.row('Looked at the secret of the key')).toContainText('ci');
});

test('a long log is read as one scrolls, by mouse and by keyboard', async ({ openSeeded }) => {
  const { page } = await openSeeded({ keys: 3000 });
  const audit = new AuditPage(page);
  await audit.open();
  const rendered = () => audit.rows.count();
  expect(await rendered()).toBeLessThan(60);
  await audit.line(audit.rows.first()).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(audit.line(audit.rows.nth(2))).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(audit.rows.nth(2).getByRole('region')).toContainText(seedName(2997));
  await page.keyboard.press('Tab');
  await expect(audit.rows.nth(2).getByRole('button', { name: seedName(2997) })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  const seq = () =>
    page.evaluate(() => document.activeElement?.closest('[data-seq]')?.getAttribute('data-seq'));
  // Each press goes to the end of what was read; the rest comes meanwhile.
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End');
        return seq();
      },
      { timeout: 30_000, intervals: [50] },
    )
    .toBe('1');
  await expect(audit.row('Set up the installation')).toBeVisible();
  expect(await rendered()).toBeLessThan(80);
  await page.keyboard.press('Home');
  await expect(audit.line(audit.rows.first())).toBeFocused();
});

test('new entries come in by themselves, and wait where someone reads on below', async ({ openSeeded }) => {
  const { page } = await openSeeded({ keys: 300 });
  const audit = new AuditPage(page);
  await audit.open();
  const rename = (key: string, name: string) =>
    page.evaluate(
      ([k = '', n = '']) => window.keysmith.keys.rename({ key: `team-api/${k}`, name: n }),
      [key, name],
    );
  await rename(seedName(3), 'first');
  await expect(audit.rows.first()).toContainText(/Renamed the key.*first/);
  await audit.log.hover();
  await page.mouse.wheel(0, 3000);
  await expect(audit.row('first')).not.toBeInViewport();
  await rename(seedName(4), 'second');
  await expect(audit.newer).toBeVisible();
  await expect(audit.rows.filter({ hasText: 'second' })).toHaveCount(0);
  await audit.newer.click();
  await expect(audit.rows.first()).toContainText(/Renamed the key.*second/);
  await expect(audit.newer).toHaveCount(0);
});
