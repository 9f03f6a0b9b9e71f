import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** Keys of a whole run, and how often work and reference take turns in one. */
const WHOLE_RUN = { keys: 1_000_000, rounds: 3 } as const;

export interface BenchArguments {
  readonly keys: number;
  readonly rounds: number;
  /** Names of benchmarks; absent: all. */
  readonly only: readonly string[] | undefined;
  /** Where data sets are kept and found again; absent: in a temporary folder. */
  readonly data: string | undefined;
  readonly json: string | undefined;
  /** Measure with a thousand, ten thousand … keys as well. */
  readonly growth: boolean;
  /** Instead of measuring: put the results of this file into docs/performance.md. */
  readonly writeDocs: string | undefined;
  /** Instead of measuring: draw the plot of docs/performance.json anew. */
  readonly plot: boolean;
}

export const USAGE = `npm run bench -- [options]
  --scale N            N keys instead of ${WHOLE_RUN.keys}; a tenth of them is imported, a hundredth as JWTs
  --rounds N           how often work and reference take turns (${WHOLE_RUN.rounds})
  --only NAME,…        only these benchmarks
  --data FOLDER        keep the data sets there, and use those that are there
  --growth             measure with 1,000, 10,000 … keys as well, for the plot
  --json FILE          write the results as JSON
  --write-docs FILE    measure nothing: put the results of FILE into docs/performance.md
  --plot               measure nothing: draw the plot of docs/performance.json anew`;

/** @throws TypeError for what is no option, or no number where one is needed */
export function readArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scale: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'string' },
      growth: { type: 'boolean', default: false },
      'write-docs': { type: 'string' },
      plot: { type: 'boolean', default: false },
    },
  });
  return {
    keys: countOf('scale', values.scale, WHOLE_RUN.keys, 1000),
    rounds: countOf('rounds', values.rounds, WHOLE_RUN.rounds, 1),
    only: values.only?.split(','),
    data: pathOf(values.data),
    json: pathOf(values.json),
    growth: values.growth,
    writeDocs: pathOf(values['write-docs']),
    plot: values.plot,
  };
}

function countOf(option: string, given: string | undefined, otherwise: number, least: number): number {
  if (given === undefined) return otherwise;
  const count = Number(given);
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw new TypeError(`--${option} is "${given}". Allowed are whole numbers from ${least} on.`);
}

function pathOf(given: string | undefined): string | undefined {
  return given === undefined ? undefined : resolve(given);
}
