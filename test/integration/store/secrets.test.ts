import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { jsonOf } from '../../rig/outcome.ts';
import { CLI, runNode } from '../../rig/run-node.ts';
import { findSecret, findSecretInFolder } from '../../rig/secret-search.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

test('a key goes from creation to removal by script, and its secret is in no file and no output but one', async () => {
  const home = temporaryFolder();
  const env = { PATH: process.env.PATH, KEYSMITH_HOME: home, KEYSMITH_PASSPHRASE: 'nine hens on a red roof' };
  const said: string[] = [];
  const run = async (argv: readonly string[], input = ''): Promise<unknown> => {
    const outcome = await runNode(CLI, [...argv, '--json'], env, input);
    if (argv[1] !== 'create') said.push(outcome.out, outcome.err);
    return jsonOf(outcome);
  };
  await run(['init']);
  // A reader beside it keeps SQLite from tidying away its write-ahead log.
  const reader = new Database(join(home, 'keysmith.db'), { readonly: true });
  reader.prepare('SELECT count(*) FROM key').get();

  const create = ['key', 'create', '--service', 'team-api', '--name', 'ci', '--permission', 'computers:read'];
  const { key, token } = (await run(create)) as { key: { id: string }; token: string };
  expect(await run(['key', 'list'])).toMatchObject([{ id: key.id, status: 'active' }]);
  expect(await run(['key', 'find'], token)).toMatchObject([{ match: 'token', key: { status: 'active' } }]);
  expect(await run(['key', 'revoke', key.id])).toMatchObject({ status: 'revoked' });
  expect(await run(['key', 'find'], token)).toMatchObject([{ match: 'token', key: { status: 'revoked' } }]);
  expect(await run(['key', 'remove', key.id])).toMatchObject({ status: 'removed' });
  expect(await run(['key', 'find'], `${token}\n`)).toMatchObject([
    { match: 'token', key: { status: 'removed' } },
  ]);
  expect(await run(['key', 'list'])).toEqual([]);
  await run(['audit', 'list']);

  const random = /_([0-9A-Za-z]{43})[0-9A-Za-z]{6}$/.exec(token)?.[1];
  if (random === undefined) throw new Error('The token is not shaped like one.');
  expect(readdirSync(home)).toContain('keysmith.db-wal');
  for (const secret of [token, random]) {
    expect(findSecretInFolder(secret, home)).toEqual([]);
    for (const text of said) expect(findSecret(secret, 'an output', Buffer.from(text))).toEqual([]);
  }
  reader.close();
});

test('the search for secrets finds one however it is written', () => {
  const folder = temporaryFolder();
  const secret = 'dGhpcyBpcyBub3QgYSByZWFsIHNlY3JldCBhdCBhbGw';
  const base64 = Buffer.from(`x${secret}y`).toString('base64');
  for (const content of [
    secret,
    `a ${secret} b`,
    Buffer.from(secret, 'utf16le'),
    base64,
    secret.toLowerCase(),
  ]) {
    writeFileSync(join(folder, 'file'), content);
    expect(findSecretInFolder(secret, folder)).toHaveLength(1);
  }
  writeFileSync(join(folder, 'file'), secret.slice(1));
  expect(findSecretInFolder(secret, folder)).toEqual([]);
});
