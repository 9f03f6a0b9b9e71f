import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesktopContext } from '../../../main/desktop/desktop-context.ts';
import { createRunningExports } from '../../../main/desktop/running-exports.ts';
import { endImport } from '../../../main/exchange/end-import.ts';
import type { Job } from '../../../main/exchange/jobs.ts';
import { runImport } from '../../../main/exchange/run-import.ts';
import { runJob } from '../../../main/exchange/run-job.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import type { OperatorRole } from '../../../main/keys/operator.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { createStore } from '../../../main/store/create-store.ts';
import { openForReading } from '../../../main/store/open-database.ts';
import { createSeals } from '../../../main/trust/derived-keys.ts';
import type { ReadAccess } from '../../../main/trust/session.ts';
import { openForWriting } from '../../../main/trust/write-access.ts';
import { importFile, manyRows, secretsIn, unmatched } from '../../fixtures/imports.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

/** What whoever sits there answers; null: they cancel. */
const answers: { open: string | null; save: string | null; asked: string[] } = {
  open: null,
  save: null,
  asked: [],
};
vi.mock('electron', () => ({
  clipboard: {},
  dialog: {
    showOpenDialog: async (_window: unknown, { title }: { title: string }) => {
      answers.asked.push(title);
      return { canceled: answers.open === null, filePaths: [answers.open].filter(path => path !== null) };
    },
    showSaveDialog: async (_window: unknown, { title }: { title: string }) => {
      answers.asked.push(title);
      return { canceled: answers.save === null, filePath: answers.save ?? '' };
    },
  },
}));
/** The jobs themselves, without the threads that the integration tests start. */
vi.mock('../../../main/exchange/background.ts', async original => ({
  ...(await original<typeof import('../../../main/exchange/background.ts')>()),
  createBackground:
    (_program: URL, { database, sealKeys }: ReadAccess) =>
    async (job: Job) => {
      if (job.kind !== 'import' && job.kind !== 'import-end') {
        const store = createStore(openForReading(database), createSeals(sealKeys));
        return Promise.resolve(runJob(store, job, () => undefined)).finally(() => store.close());
      }
      const opened = openForWriting(job.access);
      // The machine's clock would go on while that of the test stands still.
      const open = { ...opened, ports: { ...opened.ports, clock: () => NOW } };
      const watch = { onProgress: () => undefined, isCancelled: () => false };
      const work = job.kind === 'import' ? runImport(open, job, watch) : endImport(open, job, watch);
      return work.finally(() => open.close());
    },
}));
const { importVerbs } = await import('../../../main/desktop/import-verbs.ts');

/** What a verb is refused with, at once or later. */
const refusal = async (work: () => unknown) => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It was not refused.');
};

beforeEach(() => void Object.assign(answers, { open: null, save: null, asked: [] }));

async function setUp() {
  const installation = await testInstallation();
  let session = installation as DesktopContext['sessions'] extends { require(): infer S } ? S : never;
  const sessions = { require: () => session, current: () => session };
  const exports = createRunningExports(() => undefined);
  const context = {
    sessions,
    exports,
    exported: new Set<string>(),
    changed: <T>(result: T) => result,
    window: () => undefined,
  };
  const verbs = importVerbs(context as unknown as DesktopContext);
  const choose = async (text: string) => {
    answers.open = importFile(text);
    const file = await verbs['imports:choose'](undefined);
    if (!file) throw new Error('no file was chosen');
    return { ...file, path: answers.open };
  };
  return {
    installation,
    verbs,
    exports,
    choose,
    /** Somebody else works here from now on. */
    become(name: string, role: OperatorRole) {
      session = { ...installation, actor: { name, role } };
    },
  };
}

describe('a bulk issue in the window', () => {
  it('issues only what was checked, for whoever chose it', async () => {
    const { verbs, choose, become } = await setUp();
    const { handle } = await choose('name\na\n');
    const start = () => verbs['imports:start']({ id: 'x', handle, recipient: null });
    expect(await refusal(start)).toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringMatching(/not checked/),
    });
    await verbs['imports:check']({ id: 'x', handle, service: 'team-api' });
    become('mona', 'manager');
    expect(await refusal(start)).toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringMatching(/Choose the file again/),
    });
    expect(
      await refusal(() => verbs['imports:check']({ id: 'x', handle, service: 'team-api' })),
    ).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(answers.asked).toEqual(['Issue keys from a CSV']);
  });

  it('says what stopped it, and goes on once that is mended, without asking for the file again', async () => {
    const { verbs, choose, installation } = await setUp();
    const { ports, actor } = installation;
    const { handle, path } = await choose(manyRows(30));
    const out = join(dirname(path), 'secrets.csv');
    await verbs['imports:check']({ id: 'x', handle, service: 'team-api' });
    const taken = createKey(ports, actor, { service: 'team-api', name: 'KEY-20' }).key;
    answers.save = out;
    const stopped = await verbs['imports:start']({ id: 'x', handle, recipient: null });
    expect(stopped).toMatchObject({
      kind: 'stopped',
      left: { done: 19, rows: 30, out, file: 'keys.csv', encrypted: false },
      failure: { code: 'IMPORT_STOPPED', message: expect.stringContaining('Line 21') },
    });
    const [left] = await verbs['imports:unfinished'](undefined);
    expect(stopped).toMatchObject({ left });
    removeKey(ports, actor, { key: taken.id });
    answers.asked = [];
    expect(await verbs['imports:resume']({ id: 'x', import: left?.id ?? '' })).toEqual({
      kind: 'issued',
      service: 'team-api',
      path: out,
      encrypted: false,
      rows: 30,
      issued: 11,
    });
    expect(answers.asked).toEqual([]);
    expect(unmatched(installation, secretsIn(out))).toEqual([]);
    expect(await verbs['imports:unfinished'](undefined)).toEqual([]);
  });

  it('asks for a file that is gone, and takes no other', async () => {
    const { verbs, choose, installation } = await setUp();
    const { ports, actor } = installation;
    const { handle, path } = await choose(manyRows(3));
    await verbs['imports:check']({ id: 'x', handle, service: 'team-api' });
    const taken = createKey(ports, actor, { service: 'team-api', name: 'key-2' }).key;
    answers.save = join(dirname(path), 'secrets.csv');
    await verbs['imports:start']({ id: 'x', handle, recipient: null });
    removeKey(ports, actor, { key: taken.id });
    const [left] = await verbs['imports:unfinished'](undefined);
    const id = left?.id ?? '';
    const resume = () => verbs['imports:resume']({ id: 'x', import: id });
    rmSync(path);
    answers.open = null;
    expect(await resume()).toBeNull();
    answers.open = importFile(manyRows(4));
    expect(await refusal(resume)).toMatchObject({ code: 'FILE_CHANGED' });
    answers.open = importFile(manyRows(3));
    expect(await resume()).toMatchObject({ kind: 'issued', issued: 2 });
    expect(answers.asked.filter(title => title === 'Where is keys.csv?')).toHaveLength(3);
  });

  it('is ended where it is, without its file', async () => {
    const { verbs, choose, installation } = await setUp();
    const { ports, actor } = installation;
    const { handle, path } = await choose(manyRows(3));
    await verbs['imports:check']({ id: 'x', handle, service: 'team-api' });
    createKey(ports, actor, { service: 'team-api', name: 'key-2' });
    const out = join(dirname(path), 'secrets.csv');
    answers.save = out;
    await verbs['imports:start']({ id: 'x', handle, recipient: null });
    const [left] = await verbs['imports:unfinished'](undefined);
    rmSync(path);
    const end = () => verbs['imports:end']({ id: 'x', import: left?.id ?? '' });
    expect(await end()).toEqual({ path: out, done: 1, rows: 3 });
    expect(secretsIn(out)).toHaveLength(1);
    expect(await verbs['imports:unfinished'](undefined)).toEqual([]);
    expect(await refusal(end)).toMatchObject({ code: 'IMPORT_NOT_FOUND' });
  });

  it('is refused before anybody chooses a place, and leaves no trace, where nothing can be issued', async () => {
    const { verbs, choose, exports } = await setUp();
    const { handle, path } = await choose('name\na\n');
    await verbs['imports:check']({ id: 'x', handle, service: 'team-api' });
    answers.asked = [];
    expect(
      await refusal(() => verbs['imports:start']({ id: 'x', handle, recipient: 'age1abc' })),
    ).toMatchObject({ code: 'RECIPIENT_INVALID' });
    expect(answers.asked).toEqual([]);
    answers.save = path;
    expect(await refusal(() => verbs['imports:start']({ id: 'x', handle, recipient: null }))).toMatchObject({
      code: 'FILE_EXISTS',
    });
    writeFileSync(path, 'name\nb\n');
    answers.save = `${path}-secrets`;
    expect(await refusal(() => verbs['imports:start']({ id: 'x', handle, recipient: null }))).toMatchObject({
      code: 'FILE_CHANGED',
    });
    expect(await verbs['imports:unfinished'](undefined)).toEqual([]);
    expect(exports.any()).toBe(false);
  });

  it('is shown to those who manage the keys of its service', async () => {
    const { verbs, choose, installation, become } = await setUp();
    const { ports, actor } = installation;
    const { handle, path } = await choose(manyRows(3));
    await verbs['imports:check']({ id: 'x', handle, service: 'team-api' });
    createKey(ports, actor, { service: 'team-api', name: 'key-2' });
    answers.save = join(dirname(path), 'secrets.csv');
    await verbs['imports:start']({ id: 'x', handle, recipient: null });
    become('mona', 'manager');
    expect(await verbs['imports:unfinished'](undefined)).toHaveLength(1);
    editService(ports, actor, { service: 'team-api', policy: { managed_by: 'admin' } });
    expect(await verbs['imports:unfinished'](undefined)).toEqual([]);
    become('vera', 'viewer');
    expect(await refusal(() => verbs['imports:unfinished'](undefined))).toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});
