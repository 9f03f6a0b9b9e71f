import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { editByHand } from '../database.ts';
import { expectAccessible } from '../expect-accessible.ts';
import { expect, test } from '../fixtures.ts';
import { AuditPage } from '../pages/audit-page.ts';
import type { KeysPage } from '../pages/keys-page.ts';
import { answerSaveDialog } from '../pages/signing-keys-page.ts';
import { seedName } from '../seed.ts';
import { picture, pictures } from '../take-picture.ts';

test('a log that holds is said to hold, quietly', async ({ openSeeded }) => {
  const { page } = await openSeeded({ keys: 5 });
  const audit = new AuditPage(page);
  await audit.open();
  const entries = await audit.count.innerText();
  await audit.verify.click();
  await expect(audit.verification).toContainText(`The log holds: ${entries}, and every seal is in place.`);
  await expect(audit.verification).toContainText(/Head: entry \d+, MAC [0-9a-f]{12}…/);
  await expect(audit.verify).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'The log holds' })).toBeAttached();
  await audit.verification.getByRole('button', { name: 'Close verification' }).click();
  await expect(audit.verification).toHaveCount(0);
  await audit.verify.click();
  await expect(audit.verification, 'asked again, it is told again').toBeVisible();
});

test('what does not hold is named, each thing for itself, and not signed', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ keys: 5 });
  const audit = new AuditPage(page);
  await audit.open();
  editByHand(folder, 'UPDATE key SET owner = ? WHERE name = ?', 'mallory', seedName(2));
  editByHand(folder, "UPDATE audit SET actor = 'mallory' WHERE action = 'service.create'");
  await audit.verify.click();
  await expect(audit.verification).toContainText(/things do not hold/);
  const findings = audit.verification.getByRole('list', { name: 'Findings' }).getByRole('listitem');
  await expect(findings.filter({ hasText: /^The audit log does not hold from entry \d+ on/ })).toHaveCount(1);
  await expect(findings.filter({ hasText: /^The key ak_\w{16} was changed outside Keysmith/ })).toHaveCount(
    1,
  );
  await expectAccessible(page, 'findings');

  await audit.signed.check();
  await answerSaveDialog(app, join(dirname(folder), 'audit.ndjson'));
  await audit.export.click();
  await expect(audit.exported.getByRole('alert')).toContainText(/does not hold from entry \d+ on/);
  expect(readdirSync(dirname(folder))).toEqual(['data']);
});

test('the log is exported, signed, and shown in its folder', async ({ openSeeded, folder }) => {
  const { app, page } = await openSeeded({ keys: 5 });
  const path = join(dirname(folder), 'audit.ndjson');
  const audit = new AuditPage(page);
  await audit.open();
  await answerSaveDialog(app, null);
  await audit.export.click();
  await expect(audit.export, 'the question where to was cancelled').toBeEnabled();
  await audit.signed.check();
  await answerSaveDialog(app, path);
  await audit.export.click();
  await expect(audit.exported).toContainText(/^\d+ entries were exported and signed\./);
  await expect(audit.exported).toContainText(`${path}.jws`);
  const bytes = readFileSync(path);
  const lines = bytes.toString().trimEnd().split('\n');
  const [, payload = ''] = readFileSync(`${path}.jws`, 'utf8').split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    file: 'audit.ndjson',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    entries: lines.length,
    head: { seq: lines.length, mac: JSON.parse(lines.at(-1) ?? '').mac },
  });
  await expect(audit.row('Signed an exported log')).toBeVisible();
  await audit.exported.getByRole('button', { name: 'Show in folder' }).click();
  const shown = () =>
    app.evaluate(
      () => Reflect.get(globalThis, Symbol.for('electron-standin'))?.itemsShownInFolder as string[],
    );
  await expect.poll(shown).toEqual([path]);
});

test('a long verification shows how far it is, lets one work, and can be cancelled', async ({
  openSeeded,
}) => {
  test.setTimeout(240_000);
  const { page } = await openSeeded({ keys: 60_000 });
  const audit = new AuditPage(page);
  await audit.open();
  await audit.verify.click();
  const progress = audit.verification.getByRole('progressbar', { name: 'Verification progress' });
  await expect(progress).toBeVisible();
  await expect(audit.verification).toContainText(/[\d,]+ of [\d,]+ rows/);
  await picture(page, 'audit-verifying');
  await audit.action.selectOption('Set up the installation');
  await expect(audit.rows, 'the window answers meanwhile').toHaveCount(1);
  await expect(progress).toBeVisible();
  await audit.verification.getByRole('button', { name: 'Cancel' }).click();
  await expect(audit.verification).toContainText('Cancelled: nothing was found out.');
  await expect(audit.verify).toBeEnabled();
});

/** A log with something of everything, long names included. */
async function withLife(keys: KeysPage): Promise<AuditPage> {
  const { page } = keys;
  await page.evaluate(async () => {
    const { keys: all, services, signingKeys } = window.keysmith;
    await all.edit({ key: 'team-api/key-000005', owner: 'Dana Okafor', permissions: ['people:read'] });
    await all.rename({ key: 'team-api/key-000005', name: 'a-rather-long-name '.repeat(6).trim() });
    await all.edit({ key: 'team-api/key-000004', description: 'what it is for '.repeat(30), expires: '90d' });
    await all.revoke({ key: 'team-api/key-000006', reason: 'leaked in a log' });
    await all.remove({ key: 'team-api/key-000007' });
    await services.edit({ service: 'team-api', title: 'Team API of the north' });
    await signingKeys.rotate({ purpose: 'trust' });
    await signingKeys.rotate({ purpose: 'trust', alg: 'EdDSA' });
  });
  const reveal = await keys.createKey({ name: 'warehouse-sync', permissions: ['View people'] });
  await reveal.readSecret();
  await reveal.confirm();
  const audit = new AuditPage(page);
  await audit.open();
  return audit;
}

test('the audit screen is accessible in light and dark', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 20 });
  const audit = await withLife(keys);
  await expectAccessible(page, 'the log');
  await audit.details('Edited the key');
  await audit.details('Removed the key');
  await audit.verify.click();
  await expect(audit.verification).toBeVisible();
  await audit.signed.check();
  await answerSaveDialog(app, join(dirname(folder), 'audit.ndjson'));
  await audit.export.click();
  await expect(audit.exported).toBeVisible();
  await expectAccessible(page, 'opened, verified and exported');
  await audit.words.fill('nothing at all');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await expectAccessible(page, 'nothing found');
  await audit.day('From').click();
  await expect(page.getByRole('button', { name: 'Previous month' })).toBeVisible();
  await expectAccessible(page, 'a calendar');
});

test('pictures of the log', async ({ openSeeded, folder }) => {
  const { app, page, keys } = await openSeeded({ keys: 40, age: index => (40 - index) * 40_000 });
  const audit = await withLife(keys);
  await pictures(app, page, 'audit');
  await audit.details(/Edited the key.*key-000004/);
  await pictures(app, page, 'audit-open');
  await audit.words.fill('nothing at all');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await pictures(app, page, 'audit-nothing');
  await audit.clear();
  await audit.verify.click();
  await expect(audit.verification).toBeVisible();
  await audit.signed.check();
  await answerSaveDialog(
    app,
    join(dirname(folder), 'a rather long name of the exported audit log for the auditor.ndjson'),
  );
  await audit.export.click();
  await expect(audit.exported).toBeVisible();
  await pictures(app, page, 'audit-done');
  await audit.exported.getByRole('button', { name: 'Close export' }).click();
  for (const name of [1, 2, 3].map(seedName))
    editByHand(folder, "UPDATE key SET owner = 'mallory' WHERE name = ?", name);
  editByHand(folder, "UPDATE audit SET actor = 'mallory' WHERE action = 'service.create'");
  await audit.verify.click();
  await expect(audit.verification).toContainText('do not hold');
  await pictures(app, page, 'audit-findings');
});
