import type { listVerbs } from '../../main/desktop/list-verbs.ts';
import { LIST_MIXES } from './list-mixes.ts';

/** Which keys, as the window asks. */
export type AskedList = Parameters<ReturnType<typeof listVerbs>['keys:count']>[0];

/** What the mixes ask for, each once, whatever its order and place. */
const ASKED: readonly AskedList[] = [
  ...new Map(
    LIST_MIXES.map(({ criteria }) => [JSON.stringify(criteria), structuredClone(criteria) as AskedList]),
  ).values(),
];

const isNarrowed = ({ service: _, ...filter }: AskedList) => Object.keys(filter).length > 0;

/** Lists that nothing but a service narrows, and the others. */
export const ASKED_LISTS = {
  unfiltered: ASKED.filter(asked => !isNarrowed(asked)),
  filtered: ASKED.filter(isNarrowed),
} as const;
