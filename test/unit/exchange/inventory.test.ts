import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeInventory } from '../../../main/exchange/inventory.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import type { Key } from '../../../main/keys/key.ts';
import { KEY_FIELDS, type KeyField } from '../../../main/keys/key-json.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';
import { commandLine } from '../cli/run.ts';

async function issue(change: Partial<Key> = {}): Promise<Key> {
  const { ports, actor } = await testInstallation();
  const { key } = createKey(ports, actor, {
    service: 'team-api',
    name: 'ci',
    permissions: ['people:read', 'audit:read'],
    expires: '2027-01-31',
  });
  return { ...key, ...change };
}

const write = (
  keys: readonly Key[],
  format: 'csv' | 'json' | 'ndjson',
  columns: readonly KeyField[] = KEY_FIELDS,
  bom = false,
) =>
  [...writeInventory([keys.map(key => ({ key, removed: false }))], { format, columns, bom, now: NOW })].join(
    '',
  );

describe('an inventory', () => {
  it('as CSV has a header, CRLF, RFC 3339 times and lists separated by a space', async () => {
    const key = await issue();
    const [header, row, ...rest] = write([key], 'csv').split('\r\n');
    expect(header).toBe(
      'id,name,description,owner,service,kind,format,status,permissions,roles,allowed_ips,created_at,created_by,expires_at,rotated_at,revoked_at,revoke_reason,hint',
    );
    expect(row).toBe(
      `${key.id},ci,,,team-api,private,opaque,active,audit:read people:read,,,2026-11-23T04:00:00Z,${key.createdBy},2027-01-31T23:59:59Z,,,,${key.hint}`,
    );
    expect(rest).toEqual(['']);
  });

  it('as CSV guards what a spreadsheet would run, and quotes only what must be quoted', async () => {
    const cell = async (description: string) =>
      write([await issue({ description })], 'csv', ['description']).split('description\r\n')[1];
    for (const start of ['=', '+', '-', '@', "'"]) expect(await cell(`${start}1+1`)).toBe(`'${start}1+1\r\n`);
    expect(await cell('\t=1')).toBe("'\t=1\r\n");
    expect(await cell('a,b')).toBe('"a,b"\r\n');
    expect(await cell('say "x"')).toBe('"say ""x"""\r\n');
    expect(await cell('a\nb')).toBe('"a\nb"\r\n');
    expect(await cell(' é 日本 ')).toBe(' é 日本 \r\n');
  });

  it('as CSV writes roles with their accounts', async () => {
    const roles = [
      { role: 'global-viewer', accounts: null },
      { role: 'cloud', accounts: ['acc-1', 'acc-2'] },
      { role: 'other', accounts: '*' as const },
    ];
    expect(write([await issue({ roles })], 'csv', ['roles'])).toBe(
      'roles\r\n"global-viewer cloud@acc-1,acc-2 other@*"\r\n',
    );
  });

  it('starts with a byte order mark only when asked', async () => {
    expect(write([], 'csv', ['id'])).toBe('id\r\n');
    expect(write([], 'csv', ['id'], true)).toBe('\uFEFFid\r\n');
  });

  it('as JSON is one array, as NDJSON one object a line, in the order of the columns', async () => {
    const key = await issue();
    const [record] = JSON.parse(write([key], 'json'));
    expect(Object.keys(record)).toEqual(KEY_FIELDS);
    expect(record).toMatchObject({
      permissions: ['audit:read', 'people:read'],
      created_at: NOW,
      rotated_at: null,
      revoke_reason: null,
    });
    expect(write([key], 'ndjson')).toBe(`${JSON.stringify(record)}\n`);
    expect(write([], 'json')).toBe('[]\n');
    expect(write([], 'ndjson')).toBe('');
  });

  it('is written to a file in one step, and replaces one only when told', async () => {
    const { run, folder } = commandLine();
    await run(['init']);
    await run(['key', 'create', '--service', 'team-api', '--name', '=1+1']);
    const out = join(folder, 'keys.csv');
    const command = [
      'export',
      'inventory',
      '--format',
      'csv',
      '--columns',
      'name,status',
      '--out',
      out,
      '--json',
    ];
    expect((await run(command)).json()).toEqual({ out, format: 'csv', rows: 1, signature: null });
    expect(readFileSync(out, 'utf8')).toBe("name,status\r\n'=1+1,active\r\n");
    expect((await run(command)).error().code).toBe('FILE_EXISTS');
    expect((await run([...command, '--force'])).exit).toBe(0);
    expect((await run(['export', 'inventory', '--format', 'ndjson', '--columns', 'name'])).out).toBe(
      '{"name":"=1+1"}\n',
    );
  });

  it('lists removed keys only on demand, as such', async () => {
    const { run } = commandLine();
    await run(['init']);
    for (const name of ['gone', 'here'])
      await run(['key', 'create', '--service', 'team-api', '--name', name]);
    await run(['key', 'remove', 'team-api/gone']);
    const rows = async (...options: string[]) =>
      (
        (await run(['export', 'inventory', '--json', ...options])).json() as {
          name: string;
          status: string;
        }[]
      ).map(({ name, status }) => [name, status]);
    expect(await rows()).toEqual([['here', 'active']]);
    expect(await rows('--removed')).toEqual([
      ['here', 'active'],
      ['gone', 'removed'],
    ]);
    expect(await rows('--removed', '--service', 'team-api')).toHaveLength(2);
  });

  it('writes nothing when its filter is refused', async () => {
    const { run } = commandLine();
    await run(['init']);
    const refused = await run(['export', 'inventory', '--service', 'nowhere']);
    expect([refused.exit, refused.out]).toEqual([1, '']);
  });
});
