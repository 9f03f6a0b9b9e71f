import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BENCHMARKS } from '../../bench/benchmarks.ts';
import type { Report } from '../../bench/report.ts';
import { runNode } from '../../rig/run-node.ts';
import { ROOT } from '../../rig/run-tool.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const RUN = join(ROOT, 'test/bench/run.ts');

it('does what it measures, in a short run of every benchmark', { timeout: 300_000 }, async () => {
  const json = join(temporaryFolder(), 'report.json');
  const { code, out, err } = await runNode(
    RUN,
    ['--scale', '2000', '--rounds', '1', '--json', json],
    process.env,
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.trimEnd()).toMatch(/\n\d+ of \d+ goals reached(, \d+ skipped)?$/);
  const { outcomes, keys } = JSON.parse(readFileSync(json, 'utf8')) as Report;
  expect(keys).toBe(2000);
  const possible = BENCHMARKS.filter(({ whyNot }) => whyNot?.() === undefined).map(({ name }) => name);
  expect(outcomes.filter(({ kind }) => kind === 'done').map(({ name }) => name)).toEqual(possible);
  for (const outcome of outcomes)
    if (outcome.kind === 'done') expect(outcome.checked.length, outcome.name).toBeGreaterThan(0);
});

it('says which options and benchmarks there are to whoever names another one', async () => {
  for (const args of [['--only', 'nothing'], ['--scale', 'many'], ['--what']]) {
    const { code, err } = await runNode(RUN, args, process.env);
    expect([code, err]).toEqual([2, expect.stringMatching(/Allowed are|Unknown option/)]);
    expect(err).toContain('--write-docs');
  }
});
