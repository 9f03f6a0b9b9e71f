import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { IMPORT_COLUMNS } from '../../../main/keys/key-import.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { tokenDigest } from '../../../main/keys/opaque-token.ts';
import { DATABASE_FILE } from '../../../main/store/open-database.ts';
import { APPLICATION_ID } from '../../../main/store/refuse-foreign.ts';
import { VAULT_FILE } from '../../../main/trust/passphrase-file.ts';
import { HEAD_FILE } from '../../../main/trust/saved-head.ts';
import { fillPage } from '../../docs/fill-page.ts';
import { exampleFiles, partsOf, shownJson, shownLines } from '../../docs/format-examples.ts';
import { ROOT } from '../../rig/run-tool.ts';

const PAGE = join(ROOT, 'docs/formats.md');
/** In the place of the installation's ID, which the system makes. */
const INSTALLATION = '76e7dad4-b4f4-404b-8031-f6292b2ea129';

const fenced = (language: string, text: string) =>
  `\`\`\`${language}\n${text.replaceAll('\r\n', '\n').trimEnd()}\n\`\`\``;
const json = (value: unknown, options?: Parameters<typeof shownJson>[1]) =>
  fenced('json', shownJson(value, options));

it('says in docs/formats.md what the files of the program look like, and has every column and file', async () => {
  const { read, opaque, signed, catalog, operator, installation, names } = await exampleFiles();
  const parsed = (name: string): unknown => JSON.parse(read(name));
  const entries = read('audit.ndjson').split('\n');
  const revoked = entries.find(line => line.includes('"action":"key.revoke"')) ?? '';
  const page = fillPage(readFileSync(PAGE, 'utf8'), {
    'opaque-token': fenced(
      'text',
      `token    ${opaque.token}\nchecksum ${opaque.token.slice(-6)}\ndigest   ${tokenDigest(opaque.token).toString('hex')}\nhint     ${opaque.key.hint}`,
    ),
    jwt: json(partsOf(signed.token)),
    trust: json(parsed('trust.json')),
    manifest: json(parsed('team/manifest.json'), { hide: 'sha256' }),
    jwks: json(parsed('cloud/jwks.json')),
    'status-list': json(partsOf(read('cloud/status-1.jwt'))),
    keys: fenced('json', shownLines(read('team/keys.ndjson') + read('cloud/keys.ndjson'))),
    revoked: fenced('json', shownLines(read('team/revoked.ndjson'))),
    maps: fenced('text', `${read('team/haproxy/keys.map')}\n${read('team/haproxy/permissions.map')}`),
    state: json(parsed('state.json')),
    'inventory-csv': fenced('csv', read('inventory.csv').replaceAll(`,${operator},`, ',…,')),
    'inventory-json': json((parsed('inventory.json') as unknown[]).slice(-1)),
    'inventory-signature': json(partsOf(read('inventory.csv.jws')), { hide: 'sha256' }),
    audit: fenced('json', shownLines(revoked)),
    reissued: fenced('json', shownJson(parsed('reissued.ndjson'), { oneLine: true, hide: 'token' })),
    // A bulk issue takes its random bytes beside this thread, from the system.
    secrets: fenced('csv', read('secrets.csv').replace(/ak_\w+,team_sk_\w+/g, 'ak_…,team_sk_…')),
    catalog: json(catalog),
  });
  // `npm run docs:formats` writes it.
  await expect(page.replaceAll(installation, INSTALLATION)).toMatchFileSnapshot(PAGE);
  const rows = [...page.matchAll(/^\| `(?<name>[^`]+)`/gm)].map(({ groups }) => groups?.name ?? '');
  const files = names.map(name => name.replaceAll('\\', '/')).filter(name => name !== 'haproxy');
  for (const name of files) expect(rows).toContain(name);
  expect(rows.filter(name => (KEY_FIELDS as readonly string[]).includes(name))).toEqual(KEY_FIELDS);
  expect(page).toContain(IMPORT_COLUMNS.map(column => `\`${column}\``).join(', '));
});

it('names the files of the data folder in docs/formats.md', () => {
  const page = readFileSync(PAGE, 'utf8');
  for (const name of [DATABASE_FILE, VAULT_FILE, HEAD_FILE]) expect(page).toContain(`| \`${name}\` |`);
  expect(page).toContain(`\`application_id\` 0x${APPLICATION_ID.toString(16).toUpperCase()}`);
});
