import type { Page } from '@playwright/test';
import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';

const TEMPLATE = 'public-private-keys';

async function pasteIntoSearch(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search keys' }).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test('a rotated key keeps its old secret for the grace period, until it is ended early', async ({
  openSeeded,
  folder,
}) => {
  let old = '';
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({
      name: 'depot',
      keep: token => {
        old = token;
      },
    }),
  });
  await keys.act('depot', 'Rotate…');
  const rotate = keys.dialog('Rotate depot');
  const grace = rotate.getByLabel('Grace period of the old secret');
  await expect(grace).toHaveValue('P7D');
  await expect(grace.getByRole('option')).toHaveText([
    'None: refused at once',
    '1 hour',
    '24 hours',
    '7 days',
    'Custom…',
  ]);
  await expect(rotate.getByText(/stays valid until .* \(in 7 days\)/)).toBeVisible();
  await grace.selectOption('custom');
  for (const [days, sentence] of [
    ['31', /The grace period "31d" is too long\. Allowed are none and durations up to 30 days/],
    ['1.5', /Give a whole number of days/],
  ] as const) {
    await rotate.getByLabel('Length of the grace period').fill(days);
    await rotate.getByRole('button', { name: 'Rotate' }).click();
    await expect(rotate.getByText(sentence)).toBeVisible();
  }
  await rotate.getByLabel('Length of the grace period').fill('30');
  await rotate.getByRole('button', { name: 'Rotate' }).click();

  const reveal = new RevealDialog(page);
  await expect(page.getByRole('dialog', { name: 'Key rotated' })).toBeVisible();
  await expect(reveal.dialog.getByText(/The old secret stays valid until/)).toBeVisible();
  const fresh = await reveal.readSecret();
  expect(fresh).not.toBe(old);
  await reveal.confirm();
  expect(query(folder, 'SELECT state FROM credential ORDER BY ref')).toEqual([
    { state: 'previous' },
    { state: 'current' },
  ]);

  await pasteIntoSearch(page, old);
  const match = page.getByRole('region', { name: 'Match: depot' });
  await expect(match).toContainText(/Previous secret valid until/);
  await match.getByRole('button', { name: 'Show key' }).click();
  const panel = page.getByRole('complementary', { name: 'Key information' });
  await expect(panel.getByText('Rotation due')).toBeVisible();
  await panel.getByRole('button', { name: 'End now…' }).click();
  const end = keys.dialog('End the grace period?');
  await expect(end.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await end.getByRole('button', { name: 'End now' }).click();
  await expect(end).toBeHidden();
  await expect(panel.getByRole('button', { name: 'End now…' })).toHaveCount(0);
  await expect(match).toContainText('This secret is refused');
  await pasteIntoSearch(page, old);
  await expect(match).toContainText('This secret is refused since');
  expect(query(folder, 'SELECT state FROM credential ORDER BY ref')).toEqual([
    { state: 'refused' },
    { state: 'current' },
  ]);
  await panel.getByRole('tab', { name: 'History' }).click();
  await expect(panel.getByText(/^Rotated by/)).toBeVisible();
  await expect(panel.getByText(/^Grace period ended by/)).toBeVisible();
});

test('rotating within a grace period says that the earlier secret is refused at once', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ name: 'depot' }),
  });
  const rotate = keys.dialog('Rotate depot');
  const reveal = new RevealDialog(page);
  await keys.act('depot', 'Rotate…');
  await expect(rotate.getByText(/An earlier secret/)).toHaveCount(0);
  await rotate.getByRole('button', { name: 'Rotate' }).click();
  await reveal.confirm();
  await keys.act('depot', 'Rotate…');
  await expect(rotate.getByText(/An earlier secret.*is refused at once/)).toBeVisible();
  await rotate.getByLabel('Grace period of the old secret').selectOption('none');
  await rotate.getByRole('button', { name: 'Rotate' }).click();
  await expect(reveal.dialog.getByText(/The old secret is refused from the next bundle on/)).toBeVisible();
  await reveal.confirm();
  expect(query(folder, 'SELECT state FROM credential ORDER BY ref')).toEqual([
    { state: 'refused' },
    { state: 'refused' },
    { state: 'current' },
  ]);
});

test('rotating again because the new secret was lost leaves the one in use its grace period', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 1,
    special: () => ({ name: 'depot' }),
  });
  const rotate = keys.dialog('Rotate depot');
  const reveal = new RevealDialog(page);
  await keys.act('depot', 'Rotate…');
  await rotate.getByRole('button', { name: 'Rotate' }).click();
  await expect(reveal.dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close without saving' }).click();
  await expect(reveal.dialog).toBeHidden();
  await keys.act('depot', 'Rotate…');
  await expect(rotate.getByText(/An earlier secret.*It stays so/)).toBeVisible();
  await expect(rotate.getByLabel('Grace period of the old secret')).toHaveCount(0);
  await rotate.getByRole('button', { name: 'Rotate' }).click();
  await reveal.confirm();
  expect(query(folder, 'SELECT state FROM credential ORDER BY ref')).toEqual([
    { state: 'previous' },
    { state: 'refused' },
    { state: 'current' },
  ]);
});
