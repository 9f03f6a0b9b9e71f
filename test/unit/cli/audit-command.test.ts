import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';
import { commandLine } from './run.ts';

describe('audit', () => {
  it('lists the newest entries first, with who, what, before and after', async () => {
    const { run } = commandLine();
    await run(['init']);
    const { key } = (await run(['key', 'create', '--service', 'team-api', '--name', 'ci', '--json'])).json();
    await run(['key', 'edit', key.id, '--owner', 'Ann']);
    const entries = (await run(['audit', 'list', '--subject', key.id, '--json'])).json();
    expect(entries).toMatchObject([
      {
        at: NOW,
        action: 'key.edit',
        subject: { kind: 'key', id: key.id },
        before: { owner: '' },
        after: { owner: 'Ann' },
      },
      { action: 'key.create', before: null },
    ]);
    expect(
      (await run(['audit', 'list', '--action', 'key.create', '--limit', '5', '--json'])).json(),
    ).toHaveLength(1);
    expect(
      (await run(['audit', 'list', '--before', '3', '--json'])).json().map(({ seq }: { seq: number }) => seq),
    ).toEqual([2, 1]);
  });

  it('narrows by operator and by time, dates meant to both their ends', async () => {
    const { run, clock } = commandLine();
    await run(['init']);
    clock.now = Date.UTC(2026, 10, 24, 23, 59, 59) / 1000;
    await run(['key', 'create', '--service', 'team-api', '--name', 'late']);
    clock.now = Date.UTC(2026, 10, 25) / 1000;
    await run(['key', 'create', '--service', 'team-api', '--name', 'later']);
    const names = async (...argv: string[]) => {
      const { json } = await run(['audit', 'list', '--action', 'key.create', ...argv, '--json']);
      return json().map(({ after }: { after: { name: string } }) => after.name);
    };
    expect(await names('--since', '2026-11-24', '--until', '2026-11-24')).toEqual(['late']);
    expect(await names('--since', '2026-11-25')).toEqual(['later']);
    expect(await names('--until', '2026-11-24T23:59:58Z')).toEqual([]);
    const [{ actor }] = (await run(['audit', 'list', '--json'])).json();
    expect(await names('--actor', actor)).toEqual(['later', 'late']);
    expect(await names('--actor', 'nobody')).toEqual([]);
    const wrong = await run(['audit', 'list', '--since', 'yesterday', '--json']);
    expect([wrong.exit, wrong.error()]).toMatchObject([1, { code: 'QUERY_INVALID', field: 'since' }]);
  });

  it('exports the log to a file, signed, and replaces it only when told', async () => {
    const { run } = commandLine();
    await run(['init']);
    const out = join(temporaryFolder(), 'log.ndjson');
    expect((await run(['audit', 'export'])).exit).toBe(2);
    const done = await run(['audit', 'export', '--out', out, '--sign', '--json']);
    const head = { seq: expect.any(Number), mac: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(done.json()).toEqual({ out, entries: done.json().head.seq, head, signature: `${out}.jws` });
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(done.json().entries);
    const again = await run(['audit', 'export', '--out', out, '--json']);
    expect([again.exit, again.error()]).toMatchObject([1, { code: 'FILE_EXISTS', field: 'out' }]);
    const forced = await run(['audit', 'export', '--out', out, '--force']);
    expect(forced.out).toMatch(new RegExp(`^Wrote \\d+ entries to ${out}\\.\n$`));
    expect(existsSync(`${out}.jws`)).toBe(true);
  });

  it('verifies, and says what it verified', async () => {
    const { run } = commandLine();
    await run(['init']);
    const report = await run(['audit', 'verify', '--json']);
    expect(report.exit).toBe(0);
    const { head, entries } = report.json();
    expect(report.json()).toMatchObject({ ok: true, findings: [] });
    expect(head).toMatchObject({ seq: entries, mac: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});
