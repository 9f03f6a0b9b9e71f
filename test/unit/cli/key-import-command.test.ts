import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { manyRows, secretLines, secretsIn } from '../../fixtures/imports.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';
import { commandLine } from './run.ts';

async function setUp(text: string) {
  const line = commandLine();
  await line.run(['init', '--vault', 'keychain']);
  const [file, out] = [join(temporaryFolder(), 'keys.csv'), join(temporaryFolder(), 'secrets.csv')];
  writeFileSync(file, text);
  const argv = ['key', 'import', file, '--service', 'team-api'];
  const run = (...more: string[]) => line.run([...argv, ...more]);
  return { line, argv, out, run };
}

describe('key import', () => {
  it('issues a key for each row, and says where the secrets are', async () => {
    const { run, out } = await setUp(manyRows(3));
    const done = await run('--out', out);
    expect(done).toMatchObject({ exit: 0, out: `Issued 3 keys. Their secrets are in ${out}.\n` });
    expect(secretsIn(out)).toHaveLength(3);
    const again = await run('--out', out, '--resume', '--json');
    expect(again.json()).toEqual({ out, rows: 3, issued: 0, recipient: null });
  });

  it('lists every mistake, and issues nothing', async () => {
    const { run, out } = await setUp('name,owner\n,\nb,"x\ty"\n');
    const refused = await run('--out', out);
    expect(refused.exit).toBe(1);
    expect(refused.err).toMatch(
      /^line 2, name: .*\nline 3, owner: .*\nkeysmith: .*2 mistakes.*IMPORT_INVALID/s,
    );
    expect(existsSync(out)).toBe(false);
    const checked = await run('--check', '--json');
    expect(checked).toMatchObject({ exit: 1, err: '' });
    expect(checked.json()).toMatchObject({ rows: 2, mistake_count: 2, unfinished: null });
    expect(checked.json().mistakes[0]).toMatchObject({ line: 2, column: 'name', code: 'NAME_INVALID' });
  });

  it('shows its progress on a terminal, and says how to resume when it is ended', async () => {
    const { run, argv, out, line } = await setUp(manyRows(1500));
    const controller = new AbortController();
    let said = '';
    const stopped = await line.run([...argv, '--out', out], '', {
      ask: async () => '',
      interruptible: work => work(controller.signal),
      err: text => {
        said += text;
        if (/Issuing keys: \d+ %, \d+ of 1500/.test(said)) controller.abort();
      },
    });
    expect(stopped.exit).toBe(1);
    expect(said).toMatch(
      /cancelled\. \d+ of 1500 keys are issued.* To resume: keysmith key import .* --resume \[CANCELLED/,
    );
    line.clock.now += 60;
    const resumed = await run('--out', out, '--resume', '--json');
    expect(resumed.json()).toMatchObject({ rows: 1500 });
    expect(secretsIn(out)).toHaveLength(1500);
  });

  it('ends an import early, with the secrets of what is issued in their place', async () => {
    const { run, argv, out, line } = await setUp(manyRows(1500));
    const identity = await generateIdentity();
    const controller = new AbortController();
    await line.run([...argv, '--out', out, '--recipient', await identityToRecipient(identity)], '', {
      ask: async () => '',
      interruptible: work => work(controller.signal),
      err: text => {
        if (/Issuing keys: \d+ %, \d+ of 1500/.test(text)) controller.abort();
      },
    });
    expect(existsSync(out)).toBe(false);
    line.clock.now += 60;
    const end = ['key', 'import', '--end', '--service', 'team-api', '--out', out];
    const ended = (await line.run([...end, '--json'])).json();
    expect(ended).toMatchObject({ rows: 1500 });
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const secrets = secretLines(Buffer.from(await decrypter.decrypt(readFileSync(out))));
    expect(secrets).toHaveLength(ended.done);
    expect(existsSync(`${out}.spool`)).toBe(false);
    line.clock.now += 60;
    expect((await line.run(['key', 'list', '--json'])).json()).toHaveLength(Math.min(ended.done, 100));
    expect((await line.run([...end, '--json'])).error().code).toBe('IMPORT_NOT_FOUND');
    expect((await run('--out', out, '--resume', '--json')).error()).toMatchObject({
      code: 'IMPORT_NOT_FOUND',
      message: expect.stringContaining(`ended with ${ended.done} of 1500 keys issued`),
    });
  });

  it('leaves a file of plain secrets as it is when an import is ended', async () => {
    const { argv, out, line } = await setUp(manyRows(1500));
    const controller = new AbortController();
    await line.run([...argv, '--out', out], '', {
      ask: async () => '',
      interruptible: work => work(controller.signal),
      err: text => {
        if (/Issuing keys: \d+ %, \d+ of 1500/.test(text)) controller.abort();
      },
    });
    rmSync(out);
    line.clock.now += 60;
    const ended = await line.run(['key', 'import', '--end', '--service', 'team-api', '--out', out]);
    expect(ended).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^Ended with \d+ of 1500 keys issued\./),
    });
    expect(existsSync(out)).toBe(false);
  });

  it.each([[[]], [['--check', '--out', 'x']], [['--check', '--resume']], [['--end', '--out', 'x']]])(
    'is wrong usage with %j',
    async argv => {
      const { run } = await setUp(manyRows(1));
      expect((await run(...argv)).exit).toBe(2);
    },
  );
});
