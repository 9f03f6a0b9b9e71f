import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';

const workflow = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8');
const [packing = '', publishing = ''] = workflow.split(/^ {2}publish:$/m);

it('takes no action but by the sum of one commit', () => {
  const used = [...workflow.matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(used.length).toBeGreaterThan(0);
  for (const action of used) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

it('may write to the repository only where it leaves the draft, after every system has passed', () => {
  expect(packing).toContain('permissions:\n  contents: read\n');
  expect(packing).not.toContain('write');
  expect(publishing).toContain('needs: package\n');
  expect(publishing).toContain('permissions:\n      contents: write\n');
  expect(publishing).toContain('--draft');
  expect(publishing).not.toContain('secrets.');
});

it('shows its secrets to the one step that signs', () => {
  const steps = packing.split(/^ {6}- /m).filter(step => step.includes('secrets.'));
  expect(steps.map(step => /^name: (.*)$/m.exec(step)?.[1])).toEqual(['Pack']);
});
