import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackground } from '../../../main/exchange/background.ts';
import { exportAudit } from '../../../main/exchange/export-audit.ts';
import { exportInventory } from '../../../main/exchange/export-inventory.ts';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { SIGNING_ALGS } from '../../../main/keys/signing-key.ts';
import { populated } from '../../fixtures/edited-by-hand.ts';
import { handOver } from '../../fixtures/exported.ts';
import { WORKER } from '../../fixtures/installation.ts';
import { whyNoPyJwt } from '../../rig/pyjwt.ts';
import { PYTHON } from '../../rig/python.ts';
import { recipe } from '../../rig/recipe.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const missing = whyNoPyJwt();

async function withExports() {
  const installation = await populated();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'check_export.py'), recipe('audit-log.md', 'check_export.py'));
  const run = createBackground(WORKER, installation.readAccess);
  const put = (name: string, change: object = {}) =>
    exportAudit(installation, run, { out: join(folder, name), sign: true, replace: true, ...change });
  /** What the recipe says: its last line, and whether it accepts. */
  const check = (...files: string[]) => {
    handOver(installation, folder);
    const { status, stdout, stderr } = spawnSync(PYTHON, ['check_export.py', 'trust.json', ...files], {
      cwd: folder,
      encoding: 'utf8',
    });
    return [status, (stdout + stderr).trim().split('\n').at(-1)];
  };
  return { ...installation, folder, put, check, run };
}

describe.skipIf(missing !== undefined)(`PyJWT${missing ? ` (${missing})` : ''}`, () => {
  test.each(SIGNING_ALGS)('verifies a log signed with %s, its hash, its entries and its head', async alg => {
    const { ports, actor, put, check } = await withExports();
    await rotateSigningKey(ports, actor, { purpose: 'trust', alg });
    createKey(ports, actor, { service: 'team-api', name: 'Ünïcode "name"\\ 😀', description: 'two\nlines' });
    const { entries } = await put('audit.ndjson');
    expect(check('audit.ndjson')).toEqual([0, `holds: ${entries} entries`]);
  });

  test('refuses a log that was changed, renamed, or signed by a key that is not in trust.json', async () => {
    const { ports, actor, store, folder, put, check } = await withExports();
    await put('audit.ndjson');
    const path = join(folder, 'audit.ndjson');
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes, bytes.subarray(-1)]));
    expect(check('audit.ndjson')).toEqual([1, 'refused: audit.ndjson is not the file that was signed']);
    writeFileSync(path, bytes);
    for (const name of ['other.ndjson', 'other.ndjson.jws'])
      copyFileSync(join(folder, name.replace('other', 'audit')), join(folder, name));
    expect(check('other.ndjson')).toEqual([1, 'refused: other.ndjson is not the file that was signed']);
    const kid = store.activeSigningKey('trust')?.kid ?? '';
    await compromiseSigningKey(ports, actor, { kid });
    expect(check('audit.ndjson')).toEqual([1, 'refused: not signed by a key of trust.json']);
  });

  test('finds an older export again at the beginning of a newer one, and that of another log not', async () => {
    const { ports, actor, put, check } = await withExports();
    await put('older.ndjson');
    createKey(ports, actor, { service: 'team-api', name: 'newer' });
    const { entries } = await put('newer.ndjson');
    expect(check('newer.ndjson', 'older.ndjson')).toEqual([0, `holds: ${entries} entries`]);
    expect(check('older.ndjson', 'newer.ndjson')[0]).toBe(1);
  });

  test('verifies a signed inventory as well', async () => {
    const installation = await withExports();
    const { folder, check, run } = installation;
    const keys = { kind: 'matching', criteria: {}, sort: { field: 'name', descending: false } } as const;
    const what = { keys, removed: false, format: 'csv', columns: KEY_FIELDS, bom: false } as const;
    await exportInventory(installation, run, {
      ...what,
      out: join(folder, 'keys.csv'),
      sign: true,
      replace: false,
    });
    expect(check('keys.csv')).toEqual([0, 'holds']);
  });
});
