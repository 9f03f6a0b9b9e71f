import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatTime } from '../../../main/keys/expiry.ts';
import { KEY_FIELDS, type KeyField } from '../../../main/keys/key-json.ts';
import { keysmith, type Place } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { hasPythonModule, PYTHON } from '../../rig/python.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const missing = hasPythonModule('csv') ? undefined : 'there is no Python 3';

/** Reads an inventory as any program would: Python's own reader, by its format. */
const READ = `
import csv, json, sys
how, path = sys.argv[1:]
with open(path, encoding="utf-8-sig" if how == "bom" else "utf-8", newline="") as file:
    if how == "json": rows = json.load(file)
    elif how == "ndjson": rows = [json.loads(line) for line in file]
    else: rows = list(csv.DictReader(file))
json.dump(rows, sys.stdout)
`;

type Row = Readonly<Record<KeyField, unknown>>;

function readWithPython(how: 'csv' | 'bom' | 'json' | 'ndjson', path: string): readonly Row[] {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', READ, how, path], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  if (status !== 0) throw new Error(`Python could not read it: ${stderr}`);
  return JSON.parse(stdout) as Row[];
}

const NAMES = ['=1+1', '+1', '-1', '@x', "'quoted", '"x"', 'a,b', 'é', '日本', '😀 a', "''", 'plain'];
const DESCRIPTIONS = [
  '=cmd()',
  'two\nlines',
  'two\r\nlines',
  '"',
  ',',
  '',
  "'",
  '\t=1',
  ' spaced ',
  '-',
  'é',
  '@',
];

/** Keys with whatever people may write, of an opaque service and of one with roles. */
async function withKeys(): Promise<{ place: Place; records: readonly Row[] }> {
  const place = { home: temporaryFolder() };
  const run = async (...argv: string[]) => jsonOf(await keysmith(place, ...argv, '--json'));
  await run('init');
  await run('service', 'create', 'sc', '--template', 'role-tokens');
  await run('service', 'create', 'sup', '--template', 'public-private-keys');
  for (const [nth, name] of NAMES.entries()) {
    const text = [
      `--name=${name}`,
      `--description=${DESCRIPTIONS[nth] ?? ''}`,
      `--owner=${NAMES.at(-nth) ?? ''}`,
    ];
    await run(
      'key',
      'create',
      '--service',
      'team-api',
      ...text,
      '--permission',
      'people:read',
      '--permission',
      'audit:read',
    );
  }
  const roles = ['--role', 'global-viewer', '--role', 'cloud-account-viewer@acc-2,acc-1'];
  await run('key', 'create', '--service', 'sc', '--name', 'roles', ...roles);
  await run('key', 'create', '--service', 'sc', '--name', 'all', '--role', 'cloud-account-viewer@*');
  await run(
    'key',
    'create',
    '--service',
    'sup',
    '--name',
    'ips',
    '--allow-ip',
    '10.0.0.0/8',
    '--allow-ip',
    '2001:db8::1',
  );
  await run('key', 'revoke', 'sup/ips', '--reason', '=leaked');
  await run('key', 'rotate', 'team-api/plain');
  return { place, records: (await run('export', 'inventory', '--removed')) as Row[] };
}

/** What a cell says: exactly one leading quote is not the value's. */
const strip = (cell: unknown) => (String(cell).startsWith("'") ? String(cell).slice(1) : String(cell));

function cellOf(field: KeyField, record: Row): string {
  const value = record[field];
  if (value === null) return '';
  if (typeof value === 'number') return formatTime(value);
  if (field === 'roles')
    return (value as { role: string; accounts: string[] | '*' | null }[])
      .map(({ role, accounts }) => (accounts === null ? role : `${role}@${[accounts].flat().join(',')}`))
      .join(' ');
  return Array.isArray(value) ? value.join(' ') : String(value);
}

describe.skipIf(missing !== undefined)(`Python${missing ? ` (${missing})` : ''}`, () => {
  test('reads an inventory field by field as it was meant, and no cell of it is run by a spreadsheet', async () => {
    const { place, records } = await withKeys();
    expect(records.map(({ name }) => name)).toEqual(expect.arrayContaining(NAMES));
    const folder = temporaryFolder();
    const put = async (name: string, ...argv: string[]) => {
      const out = join(folder, name);
      jsonOf(await keysmith(place, 'export', 'inventory', '--removed', '--out', out, ...argv, '--json'));
      return out;
    };
    for (const rows of [
      readWithPython('csv', await put('a.csv')),
      readWithPython('bom', await put('b.csv', '--bom')),
    ]) {
      expect(rows.map(row => Object.keys(row))).toEqual(records.map(() => [...KEY_FIELDS]));
      for (const [nth, row] of rows.entries()) {
        for (const field of KEY_FIELDS) {
          const expected = cellOf(field, records[nth] as Row);
          expect(strip(row[field]), `${field} of ${row.id}`).toBe(expected);
          expect(String(row[field]), 'what a spreadsheet sees').not.toMatch(/^[=+\-@\t\r]/);
          expect(String(row[field]).startsWith("'"), field).toBe(/^[=+\-@\t\r']/.test(expected));
        }
      }
    }
    for (const format of ['json', 'ndjson'] as const)
      expect(readWithPython(format, await put(`keys.${format}`, '--format', format))).toEqual(records);
  });

  test('reads the columns that were asked for, in the order of all', async () => {
    const { place } = await withKeys();
    const out = join(temporaryFolder(), 'some.csv');
    const argv = ['--columns', 'roles,name', '--service', 'sc', '--out', out, '--json'];
    expect(jsonOf(await keysmith(place, 'export', 'inventory', ...argv))).toMatchObject({ rows: 2 });
    expect(readWithPython('csv', out).map(row => Object.entries(row))).toEqual([
      [
        ['name', 'roles'],
        ['roles', 'cloud-account-viewer@acc-1,acc-2 global-viewer'],
      ],
      [
        ['name', 'all'],
        ['roles', 'cloud-account-viewer@*'],
      ],
    ]);
  });
});
