import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { answerOpenDialog, ImportPage } from '../pages/import-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join('');
const named = (count: number) => `name\n${rows(count, index => `batch-${index + 1}\n`)}`;

test('keys are issued from a CSV: checked, looked at, and their secrets written to one file', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({ also: ['role-tokens'] });
  const place = (name: string) => join(dirname(folder), name);
  const file = place('depot.csv');
  const screen = new ImportPage(page);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Team API/ })
    .click();
  await screen.open();
  await expect(page.getByLabel('Service')).toHaveValue('team-api');

  await answerSaveDialog(app, place('template.csv'));
  await page.getByRole('button', { name: 'Save a template CSV…' }).click();
  await expect(page.getByText(`The template was saved as ${place('template.csv')}.`)).toBeVisible();
  const [header = ''] = readFileSync(place('template.csv'), 'utf8').split('\r\n');
  writeFileSync(
    file,
    `${header}\r\n${rows(300, index => `depot-${index + 1},,Ada,private,computers:read groups:read,,,P90D\r\n`)}`,
  );
  await answerOpenDialog(app, null);
  await screen.choose.click();
  await expect(screen.choose, 'the question which file was cancelled').toBeFocused();
  await answerOpenDialog(app, file);
  await screen.choose.click();
  await expect(screen.preview.getByRole('heading', { name: '300 keys for Team API' })).toBeFocused();
  await expect(screen.preview.getByRole('row')).toHaveCount(21);
  await expect(screen.preview.getByRole('row', { name: /^depot-20 / })).toContainText('View computers');
  await expect(screen.preview.getByRole('row', { name: /^depot-20 / })).toContainText('in 13 weeks');
  await expect(screen.preview).toContainText('The first 20 of 300 keys');
  await expectAccessible(page, 'the preview of a bulk issue');
  await expect(keys.rows, 'nothing is issued yet').toHaveCount(0);

  await screen.next.click();
  await answerSaveDialog(app, null);
  await screen.issue('300 keys').click();
  await expect(screen.issue('300 keys'), 'the question where to was cancelled').toBeFocused();
  writeFileSync(place('taken.csv'), 'something else');
  await answerSaveDialog(app, place('taken.csv'));
  await screen.issue('300 keys').click();
  await expect(screen.problem).toContainText(/taken\.csv.* exists already/);
  expect(readFileSync(place('taken.csv'), 'utf8')).toBe('something else');
  await answerSaveDialog(app, place('secrets.csv'));
  await screen.issue('300 keys').click();
  await expect(screen.result.getByRole('heading', { name: '300 keys are issued.' })).toBeFocused();
  await expect(screen.result).toContainText(place('secrets.csv'));
  await expect(screen.result).toContainText('Services know these keys from the next bundle on.');
  await expectAccessible(page, 'a bulk issue that is done');
  const secrets = readFileSync(place('secrets.csv'), 'utf8').trimEnd().split('\r\n');
  expect(secrets).toHaveLength(301);
  expect(secrets[300]).toMatch(/^depot-300,ak_\w{16},team_sk_/);
  expect(statSync(place('secrets.csv')).mode & 0o777).toBe(0o600);

  await screen.result.getByRole('button', { name: 'Show in folder' }).click();
  const shown = () =>
    app.evaluate(
      () => Reflect.get(globalThis, Symbol.for('electron-standin'))?.itemsShownInFolder as string[],
    );
  await expect.poll(shown).toEqual([place('secrets.csv')]);
  await screen.result.getByRole('button', { name: 'Export bundle' }).click();
  await expect(page.getByRole('tabpanel').getByLabel('Service')).toHaveValue('team-api');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Team API/ })
    .click();
  await expect(page.getByRole('status').filter({ hasText: /^300 keys$/ })).toBeVisible();
  await screen.open();
  await screen.result.getByRole('button', { name: 'Issue more keys' }).click();
  await expect(screen.choose).toBeVisible();
});

test('mistakes are listed by line, and nothing is issued before the file is mended', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded({ keys: 1 });
  const file = join(dirname(folder), 'keys.csv');
  writeFileSync(file, `name,expires\nkey-000000,\n${rows(1200, index => `n${index},someday\n`)}`);
  await answerOpenDialog(app, file);
  const screen = new ImportPage(page);
  await screen.open();
  await screen.choose.click();
  await expect(screen.mistakes.getByRole('heading', { name: '1,201 mistakes in keys.csv' })).toBeFocused();
  await expect(screen.mistakes).toContainText('1,000 of 1,201 mistakes are listed.');
  await expect(screen.mistakes.getByRole('row').nth(1)).toContainText(/^2name.*key-000000/);
  await expect(screen.mistakes.getByRole('row').nth(2)).toContainText(/^3expires.*someday/);
  await screen.mistakes.getByRole('button', { name: 'Next' }).click();
  await expect(screen.mistakes).toContainText('51 to 100 of 1,000');
  await expect(screen.mistakes.getByRole('row').nth(1)).toContainText(/^52expires/);
  await expectAccessible(page, 'the mistakes of a file');

  await screen.mistakes.getByRole('button', { name: 'Copy mistakes' }).click();
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await expect
    .poll(copied)
    .toMatch(/^keys\.csv: 1201 mistakes, of which the first 1000 are listed\.\nLine 2, name: /);
  await answerSaveDialog(app, join(dirname(folder), 'mistakes.txt'));
  await screen.mistakes.getByRole('button', { name: 'Save mistakes…' }).click();
  await expect(page.getByText(/^The mistakes were saved as /)).toBeVisible();
  expect(readFileSync(join(dirname(folder), 'mistakes.txt'), 'utf8')).toBe(await copied());

  writeFileSync(file, 'name,expires\nanother,someday\n');
  await screen.check.click();
  await expect(screen.mistakes.getByRole('heading', { name: '1 mistake in keys.csv' })).toBeFocused();
  writeFileSync(file, 'name,expires\nanother,P30D\n');
  await screen.check.click();
  await expect(screen.preview.getByRole('heading', { name: '1 key for Team API' })).toBeFocused();
});

test('secrets are encrypted to a recipient, and to nothing that is none', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded();
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const file = join(dirname(folder), 'keys.csv');
  const out = join(dirname(folder), 'secrets.csv.age');
  writeFileSync(file, named(3));
  await answerOpenDialog(app, file);
  await answerSaveDialog(app, out);
  const screen = new ImportPage(page);
  await screen.open();
  await screen.choose.click();
  await screen.next.click();
  await screen.kept('Encrypted to an age recipient').check();
  await screen.issue('3 keys').click();
  await expect(screen.recipient).toBeFocused();
  await expect(screen.secrets).toContainText('Give the recipient that the secrets are encrypted to.');
  await screen.recipient.fill(identity);
  await screen.issue('3 keys').click();
  await expect(screen.secrets).toContainText('This is an identity');
  // Only its checksum is wrong: that is for main to say.
  await screen.recipient.fill(`${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`);
  await screen.issue('3 keys').click();
  await expect(screen.secrets).toContainText('Allowed is a recipient of age');
  await expectAccessible(page, 'a recipient that is none');
  await screen.recipient.fill(recipient);
  await screen.issue('3 keys').click();
  await expect(screen.result).toContainText('3 keys are issued.');
  await expect(screen.result).toContainText('opens only with the recipient’s identity');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const text = await decrypter.decrypt(readFileSync(out), 'text');
  expect(text.split('\r\n').map(line => line.split(',')[0])).toEqual([
    'name',
    'batch-1',
    'batch-2',
    'batch-3',
    '',
  ]);
});

test('a bulk issue is cancelled between two batches, and resumed', async ({ openSeeded, folder }) => {
  test.setTimeout(120_000);
  const { app, page, keys } = await openSeeded();
  const total = 20_000;
  const file = join(dirname(folder), 'many.csv');
  const moved = join(dirname(folder), 'moved.csv');
  const out = join(dirname(folder), 'secrets.csv');
  writeFileSync(file, named(total));
  await answerOpenDialog(app, file);
  await answerSaveDialog(app, out);
  const screen = new ImportPage(page);
  await screen.open();
  await screen.choose.click();
  await screen.next.click();
  await screen.issue('20,000 keys').click();
  await expect(screen.progress).toBeVisible();
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await expect(screen.goesOn).toContainText('Issuing keys for Team API.');
  await expect(keys.rows.first(), 'the list fills meanwhile').toBeVisible();
  await screen.goesOn.getByRole('button', { name: 'Show' }).click();
  await screen.cancel.click();
  await expect(
    screen.result.getByRole('heading', { name: /^Cancelled: [\d,]+ of 20,000 keys are issued\./ }),
  ).toBeFocused();
  const issued = readFileSync(out, 'utf8').trimEnd().split('\r\n').length - 1;
  expect(issued).toBeGreaterThan(0);
  expect(issued).toBeLessThan(total);
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await expect(screen.banner).toContainText('of 20,000 keys are issued. Resume it to go on with many.csv.');
  await expect(
    page.getByRole('status').filter({ hasText: new RegExp(`^${issued.toLocaleString('en')} keys$`) }),
  ).toBeVisible();

  await screen.banner.getByRole('button', { name: 'Resume' }).click();
  await screen.result.getByRole('button', { name: 'Back to the start' }).click();
  await expectAccessible(page, 'a bulk issue that is not finished');
  const end = screen.unfinished.getByRole('button', { name: 'End here… (many.csv)' });
  await end.click();
  await expect(page.getByRole('dialog')).toContainText('it cannot be resumed');
  await expectAccessible(page, 'the question whether a bulk issue is ended');
  await page.keyboard.press('Escape');
  await expect(end).toBeFocused();
  renameSync(file, moved);
  writeFileSync(file, named(5));
  await screen.unfinished.getByRole('button', { name: 'Resume many.csv…' }).click();
  await expect(screen.unfinished.getByRole('alert')).toContainText(
    'many.csv is not the file whose keys were being issued',
  );
  renameSync(file, join(dirname(folder), 'other.csv'));
  await answerOpenDialog(app, moved);
  await screen.unfinished.getByRole('button', { name: 'Resume many.csv…' }).click();
  await expect(screen.result).toContainText('20,000 keys are issued.', { timeout: 60_000 });
  await expect(screen.unfinished).toHaveCount(0);
  const secrets = readFileSync(out, 'utf8').trimEnd().split('\r\n');
  expect(new Set(secrets.slice(1).map(line => line.split(',')[0])).size).toBe(total);
  expect(secrets).toHaveLength(total + 1);
});

test('viewers are offered no bulk issue, and may start none', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ operators: { vera: 'viewer' } }, { as: 'vera' });
  await expect(page.getByRole('button', { name: 'Commands' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Issue many keys' })).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('searchbox', { name: 'Commands' }).or(page.getByLabel('Commands')).last().fill('CSV');
  await expect(page.getByText('Nothing has these words.')).toBeVisible();
  await answerOpenDialog(app, join(dirname(folder), 'keys.csv'));
  const answers = await page.evaluate(async () => {
    const { imports } = window.keysmith;
    return [
      await imports.choose(),
      await imports.template({ service: 'team-api' }),
      await imports.unfinished(),
      await imports.check({ id: 'x', handle: 'x', service: 'team-api' }),
      await imports.start({ id: 'x', handle: 'x', recipient: null }),
      await imports.resume({ id: 'x', import: 'im_x' }),
      await imports.end({ id: 'x', import: 'im_x' }),
    ].map(answer => (answer.ok ? 'answered' : answer.error.code));
  });
  expect(answers).toEqual(answers.map(() => 'NOT_ALLOWED'));
});
