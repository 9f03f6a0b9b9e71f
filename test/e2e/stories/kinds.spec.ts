import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { contentsOf } from '../page-contents.ts';
import { KeyForm } from '../pages/key-form.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';

const TEMPLATE = 'public-private-keys';
const DAY = 86_400_000;

/** From today to the same date next year. */
function daysOfOneYear(): number {
  const now = new Date();
  const later = Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), now.getUTCDate());
  return Math.round((later - Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())) / DAY);
}

test('a private key is created for a year at most, and its secret is shown once', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ template: TEMPLATE });
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await expect(form.dialog.getByText(/A secret for servers, shown once/)).toBeVisible();
  await expect(form.dialog.getByText(/“Never” is not offered/)).toContainText('at the latest on');
  await expect(form.expires.getByRole('option', { name: 'Never' })).toHaveCount(0);
  await form.name.fill('server');
  await form.permission('List devices').check();
  await form.expires.selectOption('custom');
  const days = form.dialog.getByLabel('Days until it expires');
  await days.fill(String(daysOfOneYear() + 1));
  await form.submit();
  await expect(form.dialog.getByText(/is too far .* This service allows at the latest/)).toBeVisible();
  await expect(days, 'the first wrong field has the focus').toBeFocused();
  expect(query(folder, 'SELECT id FROM key')).toEqual([]);

  await days.fill(String(daysOfOneYear()));
  await form.submit();
  const reveal = new RevealDialog(page);
  await expect(reveal.dialog.getByText(/the only time the secret is shown/)).toBeVisible();
  await expect(reveal.done).toBeDisabled();
  await reveal.confirm();
  expect(query(folder, 'SELECT kind, permissions FROM key')).toEqual([
    { kind: 'private', permissions: '["devices:list"]' },
  ]);
});

test('a public key is offered public-safe permissions only, and can be copied again', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ template: TEMPLATE });
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('widget');
  await form.permission('Create a session').check();
  await form.permission('Read session history').check();
  await expect(form.dialog.getByText('Switching to Public leaves out Read session history.')).toBeVisible();
  await form.choosePublic();
  await expect(form.permission('Create a session')).toBeChecked();
  await expect(form.permission('Create a deferred support request')).toBeVisible();
  await expect(form.permission('Read session history')).toHaveCount(0);
  await expect(form.permission('List devices')).toHaveCount(0);
  await expect(form.dialog.getByText(/not public-safe: Read session history/)).toBeVisible();
  await form.choosePrivate();
  await expect(form.permission('Read session history'), 'nothing was lost by looking').toBeChecked();
  await form.choosePublic();
  await form.submit();

  const reveal = new RevealDialog(page);
  await expect(reveal.dialog).toBeVisible();
  await expect(reveal.dialog.getByText(/copies it again at any time/)).toBeVisible();
  await expect(reveal.dialog.getByText(/only time/)).toHaveCount(0);
  await expect(reveal.saved).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog'), 'nothing would be lost, so nothing is asked').toHaveCount(0);
  await expect(keys.row('widget')).not.toContainText('Not saved');
  expect(query(folder, 'SELECT kind, permissions FROM key')).toEqual([
    { kind: 'public', permissions: '["sessions:create"]' },
  ]);
});

test('a changed form asks before Escape throws it away, an untouched one does not', async ({
  openSeeded,
}) => {
  const { page, keys } = await openSeeded({ template: TEMPLATE });
  const form = new KeyForm(page, 'Create key');
  await keys.create.click();
  await expect(form.name).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(form.dialog).toBeHidden();

  await keys.create.click();
  await form.name.fill('half-typed');
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Throw away the changes?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(form.name, 'the question alone was closed').toHaveValue('half-typed');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Throw away' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a public key is copied again without passing through the page; a private key is not', async ({
  openSeeded,
  folder,
}) => {
  const kept = new Map<string, string>();
  const { app, page, keys } = await openSeeded({
    template: TEMPLATE,
    keys: 2,
    special: index => ({
      name: index === 0 ? 'widget' : 'server',
      kind: index === 0 ? 'public' : 'private',
      permissions: ['sessions:create'],
      keep: token => void kept.set(index === 0 ? 'widget' : 'server', token),
    }),
  });
  const clipboard = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await keys.act('widget', 'Copy key');
  await expect(page.getByText(/The clipboard is cleared in \d+ s\./)).toBeVisible();
  const token = kept.get('widget') ?? '';
  expect(token).toMatch(/^sup_pk_/);
  expect(await clipboard()).toBe(token);
  await keys.row('widget').click();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText(/^Copied by/)).toBeVisible();
  expect(await contentsOf(page)).not.toContain(token.slice(-49, -6));

  await keys
    .row('server')
    .getByRole('button', { name: /^Actions/ })
    .click();
  await expect(keys.menu.getByRole('menuitem', { name: 'Copy key ID' })).toBeVisible();
  await expect(keys.menu.getByRole('menuitem', { name: 'Copy key', exact: true })).toHaveCount(0);
  await keys.menu.getByRole('menuitem', { name: 'Copy key ID' }).click();
  await expect(page.getByText(/The secret of a private key is not kept/)).toBeVisible();
  const [server] = query(folder, "SELECT id FROM key WHERE name = 'server'");
  expect(await clipboard()).toBe(server?.id);
  const refused = await page.evaluate(key => window.keysmith.keys.copyToken({ key }), String(server?.id));
  expect(refused).toMatchObject({ ok: false, error: { code: 'SECRET_NOT_KEPT' } });

  await page.getByRole('alert').getByRole('button', { name: 'Rotate…' }).click();
  await expect(keys.dialog('Rotate server')).toBeVisible();
});
