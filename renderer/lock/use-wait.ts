import { useQuery } from '@tanstack/react-query';
import type { AppState } from '../../preload/contract.ts';
import { appStateQuery } from '../first-run/app-state-query.ts';
import { useNow } from '../ui/use-now.ts';

/** How often it is looked how much of the wait is left, in milliseconds. */
const TICK = 250;

/** How long an operator still has to wait after several wrong passphrases. */
export function useWait({ operators }: Extract<AppState, { kind: 'locked' }>, operator: string) {
  const { dataUpdatedAt } = useQuery(appStateQuery);
  const wait = operators.find(({ name }) => name === operator)?.wait ?? 0;
  const now = useNow(operators.some(each => each.wait > 0) ? TICK : null);
  const left = Math.max(0, Math.ceil((dataUpdatedAt + wait * 1000 - now) / 1000));
  return {
    /** Whole seconds. */
    left,
    /** True once there was something to wait for, and no longer is. */
    over: wait > 0 && left === 0,
  };
}
