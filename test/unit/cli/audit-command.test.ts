import { describe, expect, it } from 'vitest';
import { NOW } from '../../fixtures/installation.ts';
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
