import { CONTRACT } from '../../../preload/contract.ts';
import { query } from '../database.ts';
import { expect, test } from '../fixtures.ts';

/** Every verb as the page can reach it: group and name. */
const VERBS = {
  app: ['state', 'retry', 'createInstallation', 'unlock'],
  services: ['list', 'show', 'create'],
  keys: [
    'page',
    'count',
    'show',
    'find',
    'create',
    'edit',
    'rename',
    'revoke',
    'remove',
    'markSaved',
    'newSecret',
    'copyId',
  ],
  audit: ['overview', 'page', 'verify', 'export'],
  settings: ['keepLayout', 'chooseExportFolder', 'forgetExportFolder', 'notices', 'dismiss'],
  // Those that take nothing refuse whatever they are given, as `choose` does with a path.
  imports: ['template', 'choose', 'check', 'copyMistakes', 'saveMistakes', 'start', 'unfinished', 'resume'],
  reveal: ['show', 'copy', 'save', 'confirm', 'discard', 'current'],
} as const;

test('the page has exactly the verbs of the contract', async ({ open }) => {
  const { page } = await open();
  const verbs = await page.evaluate(() => {
    const { on: _on, ...groups } = window.keysmith;
    return Object.entries(groups).flatMap(([group, verbs]) =>
      Object.keys(verbs).map(verb => `${group}:${verb}`),
    );
  });
  const kebab = verbs.map(verb => verb.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`));
  expect(kebab.sort()).toEqual(Object.keys(CONTRACT).sort());
});

test('every channel refuses junk of every kind, and nothing changes', async ({ openSeeded, folder }) => {
  const { page } = await openSeeded({ keys: 3 });
  const before = query(folder, 'SELECT max(seq) AS seq, count(*) AS n FROM audit');
  const answers = await page.evaluate(async verbs => {
    const junk: unknown[] = [
      null,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -1,
      '',
      '\0',
      'x'.repeat(300_000),
      [],
      [[[[]]]],
      {},
      { __proto__: null, polluted: true },
      JSON.parse('{"__proto__":{"polluted":true}}'),
      { constructor: { prototype: { polluted: true } } },
      { key: '\0', handle: '\0', service: '\0', text: '\0', name: '\0', passphrase: '\0', template: '\0' },
      {
        key: 'x'.repeat(100_000),
        handle: 'x'.repeat(100_000),
        service: 'x'.repeat(100_000),
        text: 'x'.repeat(100_000),
      },
      { id: 'x', handle: '/etc/passwd', service: 'team-api' },
      { id: 'x', handle: '../keys.csv', recipient: null },
      { id: 'x', handle: 'x', service: 'team-api', file: '/etc/passwd', out: '/tmp/out.csv' },
      { id: 'x', import: "' OR 1=1 --" },
      { key: Number.NaN, handle: Number.NaN, service: Number.NaN, offset: Number.NaN, limit: Number.NaN },
      { sort: { field: 'name; DROP TABLE key', descending: true }, offset: 0, limit: 10 },
      { service: 'team-api', name: '', permissions: ['\0'] },
      { service: 'team-api', name: 'x', permissions: Array.from({ length: 20_000 }, () => 'x') },
      { key: 'ak_0000000000000000', reason: 'x'.repeat(19_000) },
      new Date(),
      new Map([['key', 'x']]),
      new Uint8Array(100_000),
      1n,
    ];
    const out: { verb: string; index: number; answer: string }[] = [];
    for (const [group, names] of Object.entries(verbs)) {
      for (const name of names) {
        const verb = (
          window.keysmith as unknown as Record<
            string,
            Record<string, (request: unknown) => Promise<{ ok: boolean; error?: { code: string } }>>
          >
        )[group]?.[name];
        for (const [index, value] of junk.entries()) {
          const answer = verb
            ? await verb(value).then(
                result => (result.ok ? 'ok' : (result.error?.code ?? 'no code')),
                (error: unknown) => `threw ${error}`,
              )
            : 'missing';
          out.push({ verb: `${group}.${name}`, index, answer });
        }
      }
    }
    return out;
  }, VERBS);
  // What takes a filter may be asked with an empty one.
  const wrong = answers.filter(
    ({ verb, answer }) => !/^[A-Z_]+$/.test(answer) && !(verb === 'keys.count' && answer === 'ok'),
  );
  expect(wrong).toEqual([]);
  expect(answers.length).toBeGreaterThan(500);
  expect(await page.evaluate(() => ({}) as { polluted?: boolean })).toEqual({});
  expect(query(folder, 'SELECT max(seq) AS seq, count(*) AS n FROM audit')).toEqual(before);
});

test('no answer about a key carries its secret', async ({ openSeeded }) => {
  const { app, page } = await openSeeded();
  const { answers, handle } = await page.evaluate(async () => {
    const { keys, reveal, services, app: state } = window.keysmith;
    const created = await keys.create({ service: 'team-api', name: 'ci' });
    if (!created.ok) throw new Error(created.error.message);
    const { handle } = created.value;
    const answers = [
      created,
      await keys.show({ key: 'team-api/ci' }),
      await keys.page({ sort: { field: 'name', descending: false }, offset: 0, limit: 10 }),
      await keys.find({ text: created.value.key.id }),
      await reveal.current(),
      await reveal.copy({ handle, what: 'token' }),
      await services.show({ service: 'team-api' }),
      await state.state(),
    ];
    return { answers: JSON.stringify(answers), handle };
  });
  const token = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(token).toMatch(/^team_sk_/);
  expect(answers).not.toContain(token.slice(-49, -10));
  const found = await page.evaluate(text => window.keysmith.keys.find({ text }), token);
  expect(JSON.stringify(found)).toContain('"proven":true');
  expect(JSON.stringify(found)).not.toContain(token.slice(-49, -10));
  const gone = await page.evaluate(async h => {
    await window.keysmith.reveal.confirm({ handle: h });
    return window.keysmith.reveal.show({ handle: h });
  }, handle);
  expect(gone).toMatchObject({ ok: false, error: { code: 'REVEAL_GONE' } });
});

test('a window that is not the app’s may not call anything', async ({ openSeeded }) => {
  const { app } = await openSeeded();
  const [stranger] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(async ({ BrowserWindow }) => {
      const [main] = BrowserWindow.getAllWindows();
      const contents = main?.webContents;
      const other = new BrowserWindow({
        show: false,
        webPreferences: {
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          ...(contents ? { session: contents.session } : {}),
          preload: `${process.cwd()}/dist/preload/index.cjs`,
        },
      });
      await other.loadURL('app://keysmith/index.html');
    }),
  ]);
  const answer = await stranger.evaluate(() =>
    window.keysmith.services.list().then(
      () => 'answered',
      (error: unknown) => String(error),
    ),
  );
  expect(answer).toContain('This sender may not call the app');
});
