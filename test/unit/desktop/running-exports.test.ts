import { expect, it } from 'vitest';
import { createRunningExports } from '../../../main/desktop/running-exports.ts';

it('the window hears of progress now and then, and of each new phase at once', async () => {
  const told: unknown[] = [];
  const exports = createRunningExports(({ done, phase }) => told.push(`${phase} ${done}`));
  await exports.run('x', async ({ onProgress }) => {
    for (const phase of ['checking', 'issuing', 'indexing'] as const)
      for (const done of [0, 1, 2]) onProgress?.({ phase, done, total: 3 });
  });
  expect(told).toEqual(['checking 0', 'issuing 0', 'indexing 0']);
});
