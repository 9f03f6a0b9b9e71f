import { describe, expect, it } from 'vitest';
import { checkImport, MAX_LISTED } from '../../../main/exchange/check-import.ts';
import type { CheckedFile } from '../../../main/exchange/jobs.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { importFile } from '../../fixtures/imports.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

async function setUp() {
  const installation = await testInstallation();
  const { ports, actor, store } = installation;
  createService(ports, actor, { service: 'web', template: 'public-private-keys' });
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  createKey(ports, actor, { service: 'team-api', name: 'Taken' });
  const check = (text: string | Uint8Array, service = 'team-api', skip = 0) =>
    checkImport(
      store,
      { kind: 'import-check', file: importFile(text), size: 100, service, skip, now: NOW },
      () => undefined,
    );
  return { ...installation, check };
}

/** Line, column and code of each mistake. */
const told = ({ mistakes }: CheckedFile) =>
  mistakes.map(({ line, column, code }) => `${line} ${column ?? '-'} ${code}`);

describe('a file of keys', () => {
  it('is read with any line ends, a byte order mark, quotes, empty lines, and columns in any order', async () => {
    const { check } = await setUp();
    const text =
      '\uFEFFexpires,name,description,permissions\r\n\r\nP6M,one,"two\r\nlines, ""quoted""",people:read groups:read\n\n,"=1+1",,\r,\'=2,,"people:read,groups:read"';
    const found = await check(text);
    expect(told(found)).toEqual([]);
    expect(found).toMatchObject({ rows: 3, columns: ['expires', 'name', 'description', 'permissions'] });
    expect(
      found.preview.map(({ name, description, permissions }) => [name, description, permissions]),
    ).toEqual([
      ['one', 'two\nlines, "quoted"', ['groups:read', 'people:read']],
      ['=1+1', '', []],
      // As inventories guard it.
      ['=2', '', ['groups:read', 'people:read']],
    ]);
  });

  it.each([
    ['an unknown column', 'name,color\na,b\n', ['1 color CSV_COLUMNS']],
    ['no name', 'owner\nAnn\n', ['1 - CSV_COLUMNS']],
    ['a column twice', 'name,name\na,b\n', ['1 name CSV_COLUMNS']],
    ['too few and too many cells', 'name,owner\na\nb,c,d\ne,f\n', ['2 - CSV_INVALID', '3 - CSV_INVALID']],
    ['a quote that stays open', 'name\na\n"b\nc\n', ['3 - CSV_INVALID']],
    ['text behind a quote', 'name\na\n"b"c\nd\n', ['3 name CSV_INVALID']],
    ['nothing', '', ['1 - CSV_INVALID']],
    ['a header alone', 'name\n', ['2 - CSV_INVALID']],
    ['a name that is taken', 'name\ntAKEN\n', ['2 name NAME_TAKEN']],
    ['a name twice', 'name\nstraße\na\nSTRASSE\n', ['4 name NAME_TAKEN']],
    ['a NUL', 'name\na\0b\n', ['2 name CSV_INVALID']],
    [
      'several mistakes in a row that begins on several lines',
      'description,name,kind,permissions,expires\n"a\nb",ok,,,\n"c\r\nd",,secret,fly,yesterday\n',
      [
        '4 name NAME_INVALID',
        '4 kind KIND_NOT_ALLOWED',
        '4 permissions PERMISSION_UNKNOWN',
        '4 expires EXPIRY_INVALID',
      ],
    ],
  ])('with %s is told by line and column', async (_, text, expected) => {
    const { check } = await setUp();
    expect(told(await check(text))).toEqual(expected);
  });

  it('is refused by byte, where it is not UTF-8, and only there', async () => {
    const { check } = await setUp();
    const latin1 = Buffer.from('name\nfine\nmüller\n', 'latin1');
    expect(told(await check(latin1))).toEqual(['3 name CSV_INVALID']);
    expect(told(await check('name\n\uFFFD is a letter like others\n'))).toEqual([]);
  });

  it('says all that a key is refused for, and what is allowed', async () => {
    const { check } = await setUp();
    const found = await check(
      'name,kind,permissions,allowed_ips\na,public,sessions:read,\nb,,sessions:create,10.0.0.1/8\n',
      'web',
    );
    expect(told(found)).toEqual(['2 permissions PERMISSION_UNKNOWN', '3 allowed_ips IP_INVALID']);
    expect(found.mistakes[1]?.message).toContain('10.0.0.0/8');
    const roles = await check(
      'name,roles\na,cloud-account-viewer@acc-9\nb,global-viewer\nc,\nd,cloud-account-viewer@* global-viewer\n',
      'sc',
    );
    expect(told(roles)).toEqual(['2 roles ACCOUNT_UNKNOWN', '4 roles ROLE_REQUIRED']);
  });

  it('with many mistakes lists the first thousand and counts all of them', async () => {
    const { check } = await setUp();
    const found = await check(`name\n${' \n'.repeat(MAX_LISTED + 5)}`);
    expect(found.mistakes).toHaveLength(MAX_LISTED);
    expect(found.mistakeCount).toBe(MAX_LISTED + 5);
  });

  it('passes over what was issued already', async () => {
    const { check } = await setUp();
    const text = 'name,expires\nTaken,2026-01-01\nother,P1M\ntaken,P1M\n';
    expect(told(await check(text))).toEqual([
      '2 expires EXPIRY_IN_PAST',
      '2 name NAME_TAKEN',
      '4 name NAME_TAKEN',
    ]);
    expect(told(await check(text, 'team-api', 1))).toEqual(['4 name NAME_TAKEN']);
  });
});
