import { expect, test } from '../fixtures.ts';
import { contentsOf } from '../page-contents.ts';
import { seedName } from '../seed.ts';

test('by name, by fragment, by the last four, and by a pasted key that does not stay in the page', async ({
  openSeeded,
}) => {
  const { app, page, keys } = await openSeeded({ keys: 40 });
  await keys.search.fill('KEY-00001');
  await expect(keys.rows).toHaveCount(10);
  await keys.search.fill('nothing like this');
  await expect(page.getByRole('button', { name: /Clear/ }).first()).toBeVisible();

  const reveal = await keys.createKey({ name: 'leaked' }).catch(async () => {
    await keys.search.fill('');
    return keys.createKey({ name: 'leaked' });
  });
  await reveal.copy.click();
  await expect(reveal.copy).toHaveText(/Copied/);
  const token = await app.evaluate(({ clipboard }) => clipboard.readText());
  await reveal.confirm();

  await keys.search.fill('');
  await keys.search.focus();
  await page.evaluate(text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, token);
  await expect(page.getByText('This is the secret of leaked.')).toBeVisible();
  expect(await contentsOf(page)).not.toContain(token.slice(-49, -6));

  await keys.search.fill(token.slice(0, 24));
  await expect(page.getByText(/not proven/)).toBeVisible();
  await keys.search.fill(token.slice(-10, -6));
  await expect(page.getByText(/ends in these four/)).toBeVisible();
});

test('Create like this starts from an existing key', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 5 });
  await keys.act(seedName(3), 'Create like this…');
  const dialog = keys.dialog(/like/);
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('');
  await dialog.getByLabel('Name', { exact: true }).fill('twin');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('dialog', { name: 'Key created' })).toBeVisible();
  const [first, twin] = await page.evaluate(
    async names => {
      const shown = await Promise.all(
        names.map(name => window.keysmith.keys.show({ key: `team-api/${name}` })),
      );
      return shown.map(result => (result.ok ? result.value.key.permissions : []));
    },
    [seedName(3), 'twin'],
  );
  expect(twin).toEqual(first);
  expect(twin?.length).toBeGreaterThan(0);
});

test('the same menu opens by right click', async ({ openSeeded }) => {
  const { page, keys } = await openSeeded({ keys: 2 });
  await keys.row(seedName(1)).click({ button: 'right' });
  const labels = await keys.menu.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  await keys
    .row(seedName(1))
    .getByRole('button', { name: `Actions for ${seedName(1)}` })
    .click();
  expect(await keys.menu.getByRole('menuitem').allTextContents()).toEqual(labels);
});

test('with 100,000 keys the first page is there at once, and scrolling leaves no blanks', async ({
  openSeeded,
}) => {
  test.setTimeout(180_000);
  const { page, keys } = await openSeeded({ keys: 100_000 });
  await expect(keys.row(seedName(99_999))).toBeVisible({ timeout: 4000 });
  const list = page.getByRole('grid');
  await expect(list).toHaveAttribute('aria-rowcount', /100001|100000/);
  const scroll = (top: number) =>
    page.evaluate(y => {
      const scrollers = [...document.querySelectorAll('*')].filter(
        element => element.scrollHeight > element.clientHeight + 100_000,
      );
      for (const scroller of scrollers) scroller.scrollTop = y;
      return scrollers.length;
    }, top);
  /** The numbers of the rows that are within the list's frame, and how many of them have no key yet. */
  const inView = () =>
    page.evaluate(() => {
      const frame = document.querySelector('[role=grid]')?.getBoundingClientRect();
      const rows = [...document.querySelectorAll<HTMLElement>('[role=row][data-row]')].filter(row => {
        const { top, bottom } = row.getBoundingClientRect();
        return (
          frame !== undefined && bottom > frame.top + 40 && top < Math.min(frame.bottom, window.innerHeight)
        );
      });
      return {
        first: Number(rows[0]?.dataset.row),
        rows: rows.length,
        blanks: rows.filter(row => !row.dataset.key).length,
      };
    });
  for (const place of [3_000, 400_000, 1_800_000, 3_500_000, 0]) {
    expect(await scroll(place)).toBeGreaterThan(0);
    await expect
      .poll(
        async () => {
          const { first, rows, blanks } = await inView();
          return rows > 10 && blanks === 0 && Math.abs(first - place / 36) < 20;
        },
        { timeout: 4000 },
      )
      .toBe(true);
  }
  await scroll(10_000_000);
  await expect(keys.row(seedName(0))).toBeVisible({ timeout: 4000 });

  await page.getByRole('checkbox', { name: 'Select all keys' }).click();
  await expect(page.getByText(/More than 10,?000 keys match/)).toBeVisible();
  await expect(keys.tools).toBeHidden();
});
