import { dirname, join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { ExportPage } from '../pages/export-page.ts';
import { KeyForm } from '../pages/key-form.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';

test('what only changes on the screen is spoken too: counts, order, copies, results and mistakes', async ({
  openSeeded,
  folder,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 37, template: 'public-private-keys' });
  const said = page.getByRole('status');
  const says = (text: string | RegExp) =>
    expect(said.filter({ hasText: text }), String(text)).not.toHaveCount(0);
  await says(/^37 keys$/);
  await keys.search.fill('key-00000');
  await says(/^10 keys$/);
  await keys.search.fill('nowhere');
  await says(/^0 keys$/);
  await keys.search.fill('');
  await keys.column('Name').press('Enter');
  await says('Sorted by name, ascending.');
  await keys.column('Name').press('Enter');
  await says('Sorted by name, descending.');

  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.press('Enter');
  await expect(form.name).toBeFocused();
  const mistakes = page.locator('[data-mistakes]');
  await expect(mistakes).toHaveText(/^One field is wrong\. .*name/i);
  await expect(form.name, 'the field says so itself').toHaveAccessibleDescription(/name/i);
  await expect(form.name).toHaveAttribute('aria-invalid', 'true');
  const first = await mistakes.textContent();
  await form.name.press('Enter');
  await expect
    .poll(() => mistakes.textContent(), { message: 'a second refusal is heard too' })
    .not.toBe(first);
  await form.name.fill('spoken');
  await form.submit();
  const reveal = keys.dialog('Key created');
  await reveal.getByRole('button', { name: 'Copy key ID' }).click();
  await says('The key ID was copied.');
  await reveal.getByRole('button', { name: 'Copy secret' }).click();
  await says(/^The secret was copied\. The clipboard is cleared in (29|30) seconds\.$/);
  await reveal.getByRole('checkbox', { name: 'I have saved this key' }).check();
  await reveal.getByRole('button', { name: 'Done' }).click();

  const exporting = new ExportPage(page);
  await answerSaveDialog(app, join(dirname(folder), 'keys.csv'));
  await exporting.open();
  await exporting.keys('All keys').check();
  await exporting.export.click();
  await says('38 keys were exported.');
  const audit = new AuditPage(page);
  await audit.open();
  await audit.verify.click();
  await says(/^The log holds: \d+ entries, and every seal is in place\.$/);
});
