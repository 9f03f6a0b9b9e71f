import type { ElectronApplication } from '@playwright/test';
import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { contentsOf } from '../page-contents.ts';
import { KeysPage } from '../pages/keys-page.ts';
import { SEED_PASSPHRASE } from '../seed.ts';

const readClipboard = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText());
const isProtected = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isContentProtected());
const requestClose = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** What main answers to the page, as JSON, from now on. */
async function recordAnswers(app: ElectronApplication): Promise<() => Promise<string>> {
  await app.evaluate(({ BrowserWindow }) => {
    const answers: string[] = [];
    Object.assign(globalThis, { answers });
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const send = contents?.send.bind(contents);
    if (contents && send) {
      contents.send = (channel: string, ...args: unknown[]) => {
        answers.push(JSON.stringify([channel, ...args]));
        send(channel, ...args);
      };
    }
  });
  return () => app.evaluate(() => (globalThis as unknown as { answers: string[] }).answers.join('\n'));
}

test('before Show is pressed the secret is nowhere in the page, and after closing it is nowhere again', async ({
  openSeeded,
}) => {
  const { app, page, keys } = await openSeeded();
  const events = await recordAnswers(app);
  // Every answer of a verb passes here on its way to the page's code.
  const answers: string[] = [];
  await page.exposeFunction('recordAnswer', (answer: string) => void answers.push(answer));
  const reveal = await keys.createKey({ name: 'ci', permissions: ['View people'] });
  await page.evaluate(async () => {
    const record = (window as unknown as { recordAnswer: (answer: string) => void }).recordAnswer;
    record(JSON.stringify(await window.keysmith.reveal.current()));
    record(JSON.stringify(await window.keysmith.keys.show({ key: 'team-api/ci' })));
  });
  await reveal.copy.click();
  await expect(reveal.copy).toHaveText(/Copied/);
  const token = await readClipboard(app);
  const random = token.slice(-49, -6);
  expect(random).toHaveLength(43);
  expect(await contentsOf(page)).not.toContain(random);
  expect(answers.join('\n') + (await events())).not.toContain(random);
  expect(answers.join('\n')).toContain('handle');

  expect(await reveal.readSecret()).toBe(token);
  await reveal.hide.click();
  expect(await contentsOf(page)).not.toContain(random);
  await reveal.show.click();
  await reveal.confirm();
  expect(await contentsOf(page)).not.toContain(random);
  expect(await events()).not.toContain(random);
  expect(await page.evaluate(() => window.keysmith.reveal.current())).toEqual({ ok: true, value: null });
});

test('it closes only with the tick, and asks before anything else closes it', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded();
  const reveal = await keys.createKey({ name: 'ci' });
  await expect(reveal.done).toBeDisabled();
  const question = page.getByRole('dialog', { name: 'Close without saving?' });

  for (const attempt of [
    () => page.keyboard.press('Escape'),
    () => page.mouse.click(5, 400),
    () => requestClose(app),
  ]) {
    await attempt();
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toBeHidden();
    await expect(reveal.dialog).toBeVisible();
  }
  expect(query(folder, 'SELECT saved_at FROM key')).toEqual([{ saved_at: null }]);

  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Close without saving' }).click();
  await expect(reveal.dialog).toBeHidden();
  await expect(keys.row('ci')).toContainText('Not saved');
});

test('the window’s close button asks, and then closes for good', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded();
  await keys.createKey({ name: 'ci' });
  await requestClose(app);
  const closed = app.waitForEvent('close');
  await page
    .getByRole('dialog', { name: 'Close without saving?' })
    .getByRole('button', { name: 'Close without saving' })
    .click();
  await closed;
  expect(query(folder, 'SELECT name, saved_at FROM key')).toEqual([{ name: 'ci', saved_at: null }]);
});

test('a copied secret leaves the clipboard on quit, and only if it is still there', async ({
  openSeeded,
}) => {
  const { app, page, keys } = await openSeeded();
  const first = await keys.createKey({ name: 'first' });
  await first.copy.click();
  await expect(first.copy).toHaveText(/Copied/);
  await app.evaluate(({ clipboard }) => clipboard.writeText('mine'));
  await first.confirm();
  const second = await keys.createKey({ name: 'second' });
  await second.copy.click();
  await expect(second.copy).toHaveText(/Copied/);
  expect(await readClipboard(app)).toMatch(/^team_sk_/);
  await second.confirm();
  // What stands in the clipboard at the very end is written down by the process itself.
  const end = new Promise<string>(resolve =>
    app
      .process()
      .stderr?.on('data', data => /clipboard at exit: (.*)\n/.exec(String(data)) && resolve(String(data))),
  );
  await app.evaluate(({ app: electron, clipboard }) => {
    const original = clipboard.clear.bind(clipboard);
    clipboard.clear = () => {
      original();
      process.stderr.write('clipboard at exit: cleared\n');
    };
    void electron;
  });
  // The page goes before it can answer.
  await page.evaluate(() => window.keysmith.window.close()).catch(() => undefined);
  expect(await end).toContain('cleared');
});

test('it is marked as sensitive for the clipboard’s history', async ({ openSeeded }) => {
  test.skip(
    process.platform !== 'linux',
    'the marks of the other systems are set in the same place and need their own clipboard to be read',
  );
  const { app, keys } = await openSeeded();
  const reveal = await keys.createKey({ name: 'ci' });
  await reveal.copy.click();
  await expect(reveal.copy).toHaveText(/Copied/);
  const types = await app.evaluate(async ({ clipboard }) =>
    (await clipboard.read()).flatMap(item => item.types),
  );
  expect(types.join(' ')).toContain('x-kde-passwordManagerHint');
});

test('the window is protected from capture as long as a secret waits', async ({ openSeeded }) => {
  const { app, keys } = await openSeeded();
  expect(await isProtected(app)).toBe(false);
  const reveal = await keys.createKey({ name: 'ci' });
  expect(await isProtected(app)).toBe(true);
  await reveal.confirm();
  expect(await isProtected(app)).toBe(false);
});

test('it can be saved to a file', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded();
  const reveal = await keys.createKey({ name: 'ci' });
  const path = `${folder}-secret.txt`;
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await reveal.dialog.getByRole('button', { name: /Save to file/ }).click();
  await expect(page.getByText(path).first()).toBeVisible();
  const { readFileSync, rmSync, statSync } = await import('node:fs');
  const text = readFileSync(path, 'utf8');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  rmSync(path);
  expect(await reveal.readSecret()).toBe(text.trim());
});

test('it is open again after the page was loaded anew, as after a crash', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded();
  const reveal = await keys.createKey({ name: 'ci' });
  const secret = await reveal.readSecret();
  await page.reload();
  await expect(reveal.dialog).toBeVisible();
  expect(await reveal.readSecret()).toBe(secret);
});

test('a key that was removed meanwhile is said, and the dialog closes', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded();
  const reveal = await keys.createKey({ name: 'ci' });
  await page.evaluate(() => window.keysmith.keys.remove({ key: 'team-api/ci' }));
  await reveal.saved.check();
  await reveal.done.click();
  await expect(reveal.dialog.getByText(/was removed on/)).toBeVisible();
  await reveal.dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('killing the app leaves a key marked Not saved that offers a new secret', async ({
  openSeeded,
  open,
  folder,
}) => {
  const { app, keys } = await openSeeded();
  const lost = await (await keys.createKey({ name: 'ci' })).readSecret();
  const exited = new Promise(resolve => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await exited;
  expect(query(folder, 'SELECT name, saved_at FROM key')).toEqual([{ name: 'ci', saved_at: null }]);

  const { page } = await open();
  await page.getByLabel('Passphrase').fill(SEED_PASSPHRASE);
  await page.keyboard.press('Enter');
  const again = new KeysPage(page);
  await expect(again.row('ci')).toContainText('Not saved');
  await again.act('ci', 'New secret…');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /New secret|Replace/ }).click();
  const { RevealDialog } = await import('../pages/reveal-dialog.ts');
  const reveal = new RevealDialog(page);
  await reveal.dialog.waitFor();
  expect(await reveal.readSecret()).not.toBe(lost);
  await reveal.confirm();
  await expect(again.row('ci')).not.toContainText('Not saved');
  expect(query(folder, 'SELECT state, refused_reason FROM credential ORDER BY ref')).toEqual([
    { state: 'refused', refused_reason: 'superseded' },
    { state: 'current', refused_reason: null },
  ]);
});
