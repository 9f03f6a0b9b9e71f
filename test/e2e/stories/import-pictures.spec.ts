import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { answerOpenDialog, ImportPage } from '../pages/import-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { picture, pictures } from '../take-picture.ts';

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join('');

test('pictures of a bulk issue', async ({ openSeeded, folder }) => {
  test.setTimeout(300_000);
  const { app, page } = await openSeeded({ also: ['role-tokens'], keys: 2 });
  const file = join(dirname(folder), 'keys of the depot and of everybody else, as of last week.csv');
  const answer = async (text: string) => {
    writeFileSync(file, text);
    await answerOpenDialog(app, file);
  };
  const screen = new ImportPage(page);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Team API/ })
    .click();
  await page.getByRole('button', { name: 'Issue many keys' }).click();
  await pictures(app, page, 'import-entry');
  await page.keyboard.press('Escape');
  await screen.open();
  await pictures(app, page, 'import-file');
  await answer(
    `name,description,owner,expires\nkey-000000,,,\n${rows(1300, index => `line ${'long '.repeat(index % 20)}${index},${index % 7 ? '' : 'x'.repeat(2500)},Ada,${index % 3 ? 'someday' : '2001-01-01'}\n`)}`,
  );
  await screen.choose.click();
  await expect(screen.mistakes).toBeVisible();
  await pictures(app, page, 'import-mistakes');
  await answer(
    `name,owner,permissions,expires\n${rows(40_000, index => `depot ${index} ${'with a name that is as long as it may be '.repeat(index % 3)}#,Ada Lovelace of the maintenance crew,computers:read groups:read sessions:read,${index % 4 ? 'P90D' : ''}\n`)}`,
  );
  await screen.check.click();
  await expect(screen.preview).toBeVisible();
  await pictures(app, page, 'import-preview');
  await screen.next.click();
  await screen.kept('Encrypted to an age recipient').check();
  await screen.recipient.fill('age1abc');
  await screen.issue('40,000 keys').click();
  await expect(screen.secrets).toContainText('This is no recipient');
  await pictures(app, page, 'import-secrets');
  await screen.kept('A plain CSV').check();
  await answerSaveDialog(app, join(dirname(folder), 'no such folder', 'secrets.csv'));
  await screen.issue('40,000 keys').click();
  await expect(screen.problem).toBeVisible();
  await pictures(app, page, 'import-refused');
  await answerSaveDialog(app, join(dirname(folder), 'secrets of the depot.csv'));
  await screen.issue('40,000 keys').click();
  await expect(screen.issuing.getByText(/keys a second/)).toBeVisible();
  await picture(page, 'import-issuing');
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await picture(page, 'import-banner');
  await screen.goesOn.getByRole('button', { name: 'Show' }).click();
  await screen.cancel.click();
  await expect(screen.result).toBeVisible();
  await pictures(app, page, 'import-cancelled');
  await screen.result.getByRole('button', { name: 'Back to the start' }).click();
  await pictures(app, page, 'import-unfinished');
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await pictures(app, page, 'import-unfinished-banner');
  await screen.banner.getByRole('button', { name: 'Resume' }).click();
  await screen.unfinished.getByRole('button', { name: /^Resume/ }).click();
  await expect(screen.result).toContainText('are issued.', { timeout: 60_000 });
  await pictures(app, page, 'import-done');
});
