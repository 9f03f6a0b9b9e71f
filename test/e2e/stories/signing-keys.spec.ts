import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { query } from '../database.ts';
import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { answerSaveDialog, SigningKeysPage } from '../pages/signing-keys-page.ts';
import { pressItem } from '../press-item.ts';
import { type Seed, seedName } from '../seed.ts';

const TOKENS: Seed = {
  template: 'role-tokens',
  keys: 3,
  special: () => ({ roles: [{ role: 'global-viewer', accounts: null }] }),
};

test('the first key of each purpose is made when someone asks for it', async ({ openSeeded, folder }) => {
  const { page } = await openSeeded();
  const signing = new SigningKeysPage(page);
  await signing.open();
  await expect(signing.heading).toBeFocused();
  await expect(signing.tokenKeys).toContainText('The first one is made when the first token is signed.');
  expect(query(folder, 'SELECT * FROM signing_key'), 'looking makes no key').toEqual([]);

  await signing.tokenKeys.getByRole('button', { name: 'Make a token key…' }).click();
  await expect(signing.dialog('Make the first token key').getByLabel('Algorithm')).toHaveValue('ES256');
  await page.keyboard.press('Escape');
  await signing.rotate(signing.tokenKeys);
  await signing.rotate(signing.trustKeys, 'RS256');
  await expect(signing.rows(signing.tokenKeys, 'Active')).toContainText('ES256');
  await expect(signing.rows(signing.trustKeys, 'Active')).toContainText('RS256');
  await expect(signing.fingerprint).toBeVisible();
});

test('rotating keeps the old key verifying, and the new one has the algorithm of the old one', async ({
  openSeeded,
}) => {
  const { page } = await openSeeded(TOKENS);
  const signing = new SigningKeysPage(page);
  await signing.open();
  const old = (await signing.rows(signing.tokenKeys, 'Active').getAttribute('data-kid')) ?? '';
  await expect(signing.rows(signing.tokenKeys, 'Active')).toContainText('3');
  await signing.rotate(signing.tokenKeys, 'EdDSA');

  await expect(signing.rows(signing.tokenKeys, 'Active')).toContainText('EdDSA');
  const verifying = signing.rows(signing.tokenKeys, 'Verifying');
  await expect(verifying).toHaveAttribute('data-kid', old);
  await expect(verifying).toContainText('Safe to retire from');
  await signing.tokenKeys.getByRole('button', { name: 'Rotate…' }).click();
  await expect(signing.dialog('Rotate the token key').getByLabel('Algorithm')).toHaveValue('EdDSA');
});

test('a compromised key names who depends on it, and all of them are reissued into a file', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded(TOKENS);
  const signing = new SigningKeysPage(page);
  await signing.open();
  const kid = (await signing.rows(signing.tokenKeys, 'Active').getAttribute('data-kid')) ?? '';
  await signing.act(signing.rows(signing.tokenKeys, 'Active'), 'Mark as compromised…');
  const question = signing.dialog('Mark this token key as compromised?');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(question).toContainText('Every token that it signed is refused from the next bundle on.');
  await expect(question).toContainText('3 keys depend on it');
  for (const index of [0, 1, 2]) await expect(question.getByText(seedName(index))).toBeVisible();
  await question.getByLabel('Reason (optional)').fill('left on a laptop');
  await question.getByRole('button', { name: 'Mark as compromised' }).click();

  const path = join(dirname(folder), 'reissued.ndjson');
  const reissue = signing.dialog(/^(Reissue all tokens|Tokens reissued)$/);
  await answerSaveDialog(app, null);
  await reissue.getByRole('button', { name: 'Reissue into a file…' }).click();
  await expect(reissue.getByRole('button', { name: 'Reissue into a file…' }), 'cancelled').toBeEnabled();
  await answerSaveDialog(app, path);
  await reissue.getByRole('button', { name: 'Reissue into a file…' }).click();
  await expect(reissue).toContainText('3 tokens were reissued.');
  await expect(reissue).toContainText(path);
  await expect(reissue.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.keyboard.press('Enter');

  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const issued = lines.map(line => JSON.parse(line) as { name: string; token: string });
  expect(issued.map(({ name }) => name).sort()).toEqual([0, 1, 2].map(seedName));
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  const header = JSON.parse(Buffer.from(issued[0]?.token.split('.')[0] ?? '', 'base64url').toString());
  const active = signing.rows(signing.tokenKeys, 'Active');
  await expect(active).toHaveAttribute('data-kid', header.kid);
  expect(header.kid).not.toBe(kid);
  await expect(signing.rows(signing.tokenKeys, 'Compromised')).toHaveAttribute('data-kid', kid);
  expect(query(folder, "SELECT 1 FROM audit WHERE action = 'signing-key.compromise'")).toHaveLength(1);
  await page.getByRole('navigation').getByRole('button', { name: 'All keys' }).click();
  await expect(keys.rows).toHaveCount(3);
});

test('a key that tokens depend on is not retired; once they are reissued it is', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded(TOKENS);
  const signing = new SigningKeysPage(page);
  await signing.open();
  await signing.rotate(signing.tokenKeys);
  const verifying = signing.rows(signing.tokenKeys, 'Verifying');
  await signing.act(verifying, 'Retire…');
  const question = signing.dialog('Retire this token key?');
  await question.getByRole('button', { name: 'Retire' }).click();
  await expect(question.getByRole('alert')).toContainText(/cannot be retired: 3 tokens depend on it/);
  await question.getByRole('button', { name: 'Cancel' }).click();

  await answerSaveDialog(app, join(dirname(folder), 'new.ndjson'));
  await signing.act(verifying, 'Reissue all…');
  const reissue = signing.dialog(/^(Reissue all tokens|Tokens reissued)$/);
  await reissue.getByRole('button', { name: 'Reissue into a file…' }).click();
  await reissue.getByRole('button', { name: 'Done' }).click();
  await expect(verifying).toContainText('Safe to retire now');
  await signing.act(verifying, 'Retire…');
  await question.getByRole('button', { name: 'Retire' }).click();
  await expect(question).toBeHidden();
  await expect(signing.rows(signing.tokenKeys, 'Retired')).toHaveCount(1);
});

test('a key whose tokens have all expired is retired without reissuing any', async ({ openSeeded }) => {
  const { page } = await openSeeded({
    ...TOKENS,
    special: () => ({ roles: [{ role: 'global-viewer', accounts: null }], expires: '2s' }),
  });
  const signing = new SigningKeysPage(page);
  await signing.open();
  await signing.rotate(signing.tokenKeys);
  await signing.act(signing.rows(signing.tokenKeys, 'Verifying'), 'Retire…');
  const question = signing.dialog('Retire this token key?');
  await expect(async () => {
    await question.getByRole('button', { name: 'Retire' }).click();
    await expect(question).toBeHidden({ timeout: 500 });
  }, 'as soon as they have').toPass();
  await expect(signing.rows(signing.tokenKeys, 'Retired')).toHaveCount(1);
});

test('the trust file has the fingerprint that is shown, and a compromise asks for a new hand-over', async ({
  openSeeded,
  folder,
}) => {
  const { app, page } = await openSeeded();
  const signing = new SigningKeysPage(page);
  await signing.open();
  const path = join(dirname(folder), 'trust.json');
  await answerSaveDialog(app, path);
  const save = signing.handOver.getByRole('button', { name: 'Save trust.json…' });
  const digest = () => createHash('sha256').update(readFileSync(path)).digest('hex');
  const shown = async () => ((await signing.fingerprint.textContent()) ?? '').replaceAll(' ', '');
  await save.click();
  await expect(signing.handOver.getByText(`Written to ${path}`)).toBeVisible();
  await expect(signing.fingerprint).toHaveText(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  expect(await shown()).toBe(digest());

  const before = digest();
  await signing.act(signing.rows(signing.trustKeys, 'Active'), 'Mark as compromised…');
  const question = signing.dialog('Mark this trust key as compromised?');
  await expect(question).toContainText('every service needs the new trust.json by hand');
  await question.getByRole('button', { name: 'Mark as compromised' }).click();
  await expect(question).toBeHidden();
  await expect(signing.handOver).toContainText('Hand trust.json over anew');
  await expect.poll(shown).not.toBe(before);
  await save.click();
  await expect.poll(async () => digest() === (await shown())).toBe(true);

  const jwks = join(dirname(folder), 'jwks.json');
  await answerSaveDialog(app, jwks);
  await signing.handOver.getByRole('button', { name: 'Save jwks.json…' }).click();
  await expect(signing.handOver.getByText(`Written to ${jwks}`)).toBeVisible();
  expect(JSON.parse(readFileSync(jwks, 'utf8'))).toEqual({ keys: [] });
});

test('the screen is reached, used and left by keyboard alone', async ({ openSeeded }) => {
  const { app, page, keys } = await openSeeded(TOKENS);
  const signing = new SigningKeysPage(page);
  await expect(keys.row(seedName(2))).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Commands' }).fill('signing');
  await page.keyboard.press('Enter');
  await expect(signing.heading).toBeFocused();
  await expect(signing.rows(signing.tokenKeys)).toHaveCount(1);
  await expect(signing.heading, 'what arrives takes no focus').toBeFocused();
  await page.keyboard.press('Tab');
  await expect(signing.tokenKeys.getByRole('button', { name: 'Rotate…' })).toBeFocused();
  await page.keyboard.press('Tab');
  const dots = signing.rows(signing.tokenKeys).getByRole('button', { name: /^Actions/ });
  await expect(dots).toBeFocused();
  await page.keyboard.press('Enter');
  await pressItem(signing.menu, 'Copy key ID');
  await expect(page.getByText('The key ID was copied.')).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(
    await signing.rows(signing.tokenKeys).getAttribute('data-kid'),
  );
  await expect(dots).toBeFocused();
  await page.keyboard.press('Enter');
  await pressItem(signing.menu, 'Show who depends on it…');
  await expect(signing.dialog('Who depends on this key')).toContainText(seedName(1));
  await page.keyboard.press('Escape');
  await expect(dots, 'the focus is back where it was').toBeFocused();

  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type(seedName(1));
  await expect(keys.rows, 'what a search finds is shown in the list').toHaveCount(1);
});

test('a key that was edited by hand is shown as tampered, and is not rotated', async ({
  openSeeded,
  folder,
}) => {
  const { page } = await openSeeded(TOKENS);
  const signing = new SigningKeysPage(page);
  await signing.open();
  const db = new Database(join(folder, 'keysmith.db'));
  db.prepare('UPDATE signing_key SET created_at = created_at - 1').run();
  db.close();
  await expect(signing.tokenKeys.getByText('Tampered')).toBeVisible();
  await signing.tokenKeys.getByRole('button', { name: 'Rotate…' }).click();
  const dialog = signing.dialog('Rotate the token key');
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Mark it as compromised.');
});

test('signing keys are accessible in light and dark', async ({ openSeeded }) => {
  const { page } = await openSeeded({ ...TOKENS, keys: 20 });
  const signing = new SigningKeysPage(page);
  await signing.open();
  await expectAccessible(page, 'one token key, no trust key');
  await signing.rotate(signing.tokenKeys);
  await signing.rotate(signing.trustKeys);
  const dialog = page.getByRole('dialog');
  for (const item of ['Show who depends on it…', 'Reissue all…', 'Retire…', 'Mark as compromised…']) {
    await signing.act(signing.rows(signing.tokenKeys, 'Verifying'), item);
    await expect(dialog).toContainText(seedName(0).slice(0, item === 'Retire…' ? 0 : undefined));
    await expectAccessible(page, item);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await signing.trustKeys.getByRole('button', { name: 'Rotate…' }).click();
  await expectAccessible(page, 'rotate');
  await page.keyboard.press('Escape');
  await signing.act(signing.rows(signing.trustKeys, 'Active'), 'Mark as compromised…');
  await dialog.getByRole('button', { name: 'Mark as compromised' }).click();
  await expect(dialog).toHaveCount(0);
  await expectAccessible(page, 'a compromised trust key');
});
