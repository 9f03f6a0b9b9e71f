import { join } from 'node:path';
import { type Benchmark, requireRight } from './benchmark.ts';
import { exportBundleOf } from './bundle-of.ts';
import { countLines } from './count-lines.ts';
import { runChild } from './run-child.ts';
import { median } from './statistics.ts';

export const exportBundleBench: Benchmark = {
  name: 'export-bundle',
  goal: 'bundle of as many opaque keys of one service: at most 60 s, at most 300 MB more memory',
  grows: true,
  async run(context) {
    const { keys, rounds } = context;
    const { folder } = await context.data.imported('opaque');
    const base = await runChild('open', { folder });
    const runs = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await exportBundleOf('opaque', context, keys));
    const lines = await countLines(join(context.folder, 'bundle/keys.ndjson'));
    requireRight(lines === keys, `the bundle has ${lines} lines of keys, not ${keys}`);

    const ms = median(runs.map(each => each.ms));
    const peak = Math.max(...runs.map(each => each.peak));
    return {
      goals: [
        { name: 'time', value: ms / 1000, unit: 's', bound: { atMost: 60 } },
        { name: 'memory grows by', value: (peak - base.peak) / 1e6, unit: 'MB', bound: { atMost: 300 } },
      ],
      figures: [{ name: 'rate', value: keys / (ms / 1000), unit: 'keys/s' }],
      growth: [{ name: 'bundle of every key', value: ms, unit: 'ms' }],
      checked: [`the bundle has a line for each of ${keys} keys`],
    };
  },
};
