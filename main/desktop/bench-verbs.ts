import { KeysmithError } from '../keys/errors.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type BenchChannel = Extract<keyof Handlers, `bench:${string}`>;

export function benchVerbs(_context: DesktopContext): Pick<Handlers, BenchChannel> {
  return {
    'bench:open': () => null,
    'bench:ask': () => {
      throw new KeysmithError('REQUEST_INVALID', 'No bundle is open. Open one first.');
    },
  };
}
