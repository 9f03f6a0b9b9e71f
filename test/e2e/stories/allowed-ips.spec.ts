import { parseAllowedIps } from '../../../main/keys/allowed-ips.ts';
import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';
import { KeyForm } from '../pages/key-form.ts';
import { RevealDialog } from '../pages/reveal-dialog.ts';

const TEMPLATE = 'public-private-keys';

/** The sentence with which main refuses an entry. */
function refusalOf(entry: string): string {
  try {
    parseAllowedIps(entry);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error(`${entry} is not refused`);
}

test('a wrong address is marked with the sentence that main refuses it with, and nothing is created', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ template: TEMPLATE });
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('bound');
  for (const entry of ['10.0.0.1/8', 'fe80::1%eth0', '300.1.1.1', '10.0.0.0/33']) {
    await form.ips.fill(entry);
    await form.ips.press('Enter');
    await expect(form.tags).toHaveText([entry]);
    await expect(form.dialog.getByText(refusalOf(entry), { exact: true })).toBeVisible();
    await form.submit();
    await expect(form.ips, 'the first wrong field has the focus').toBeFocused();
    await expect(form.ips).toHaveAttribute('aria-invalid', 'true');
    await form.ips.press('Backspace');
    await expect(form.tags).toHaveCount(0);
  }
  expect(query(folder, 'SELECT id FROM key')).toEqual([]);
});

test('addresses become tags, what another covers is left out with a notice, and the key has the rest', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ template: TEMPLATE });
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('bound');
  await form.ips.pressSequentially('10.0.0.5, 192.0.2.7 ');
  await expect(form.tags).toHaveText(['10.0.0.5', '192.0.2.7']);
  await form.pasteIps('10.0.0.0/8\n2001:DB8::/32\r\n192.0.2.7');
  await expect(form.tags).toHaveText(['192.0.2.7', '10.0.0.0/8', '2001:db8::/32']);
  const notice = form.dialog.getByRole('status').filter({ hasText: 'was left out' });
  await expect(notice).toContainText('10.0.0.5 is within 10.0.0.0/8 and was left out.');
  await expect(notice).toContainText('192.0.2.7 was given twice and is kept once.');

  // What stands in the field counts as well when the form is sent.
  await form.ips.fill('198.51.100.4');
  await form.submit();
  const reveal = new RevealDialog(page);
  await reveal.confirm();
  expect(query(folder, 'SELECT allowed_ips FROM key')).toEqual([
    { allowed_ips: '["10.0.0.0/8","192.0.2.7","198.51.100.4","2001:db8::/32"]' },
  ]);

  await keys.act('bound', 'Edit…');
  const edit = new KeyForm(page, /^Edit/);
  await edit.ips.press('Shift+Tab');
  await page.keyboard.press('End');
  await expect(edit.dialog.getByRole('button', { name: 'Remove 2001:db8::/32' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(edit.dialog.getByRole('button', { name: 'Remove 198.51.100.4' })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(edit.dialog.getByRole('button', { name: 'Remove 192.0.2.7' })).toBeFocused();
  await expect(edit.tags).toHaveText(['192.0.2.7', '198.51.100.4']);
  await edit.submit();
  await expect(edit.dialog).toBeHidden();
  expect(query(folder, 'SELECT allowed_ips FROM key')).toEqual([
    { allowed_ips: '["192.0.2.7","198.51.100.4"]' },
  ]);
});

test('a thousand addresses are pasted, typed beside and saved without a wait; one more is refused', async ({
  openSeeded,
  folder,
}) => {
  const { page, keys } = await openSeeded({ template: TEMPLATE });
  const addresses = Array.from({ length: 1001 }, (_, n) => `10.${n >> 6}.${(n & 63) * 2}.1`);
  await keys.create.click();
  const form = new KeyForm(page, 'Create key');
  await form.name.fill('many');
  await form.pasteIps(addresses.join('\n'));
  await expect(form.tags).toHaveCount(1001);
  await form.submit();
  await expect(form.dialog.getByText(refusalOf(addresses.join(' ')), { exact: true })).toBeVisible();
  await form.ips.press('Backspace');
  await expect(form.tags).toHaveCount(1000);

  const times = await form.name.evaluate(async field => {
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const taken: number[] = [];
    for (let length = 1; length <= 20; length++) {
      const start = performance.now();
      setValue?.call(field, 'm'.repeat(length));
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      taken.push(performance.now() - start);
    }
    return taken.sort((a, b) => a - b);
  });
  // The median: what else the machine does may hold up single frames.
  expect(times[10], 'milliseconds from a letter to the next frame').toBeLessThan(150);

  await form.submit();
  const reveal = new RevealDialog(page);
  await reveal.confirm();
  expect(query(folder, 'SELECT json_array_length(allowed_ips) AS n FROM key')).toEqual([{ n: 1000 }]);
});
