import type { listVerbs } from '../../main/desktop/list-verbs.ts';
import { walkPages } from '../../main/keys/walk-pages.ts';
import type { Session } from '../../main/trust/session.ts';
import { plainScan } from '../fixtures/plain-scan.ts';
import type { AskedList } from './asked-lists.ts';
import { requireRight } from './benchmark.ts';

/**
 * Holds how many keys a list has, and the sums of what the filter panel says of them, against a plain scan of all keys.
 *
 * @param now the time of the verbs
 * @returns how many lists were compared
 * @throws WrongWork for the first that is not so
 */
export async function requireSameNumbers(
  { store }: Session,
  verbs: Pick<ReturnType<typeof listVerbs>, 'keys:count' | 'keys:facets'>,
  asked: readonly AskedList[],
  now: number,
): Promise<number> {
  const scan = plainScan(store, now);
  const found = asked.map(() => 0);
  for (const { ref } of store.services())
    for (const keys of walkPages(after => store.keysOf(ref, after, 1000)))
      for (const key of keys)
        asked.forEach((criteria, nth) => {
          if (scan(criteria, key)) found[nth] = (found[nth] ?? 0) + 1;
        });
  for (const [nth, criteria] of asked.entries()) {
    const expected = found[nth] ?? 0;
    const what = `the list of ${JSON.stringify(criteria)}`;
    const count = await verbs['keys:count'](criteria);
    requireCount(what, count, expected);
    const { statuses, kinds, ips, isMore } = await verbs['keys:facets'](criteria);
    const sum = (numbers: Readonly<Record<string, number>>) =>
      Object.values(numbers).reduce((a, b) => a + b, 0);
    // A group's own choice does not narrow its numbers: they are of other keys then.
    if (!criteria.statuses)
      requireCount(`the statuses of ${what}`, { keys: sum(statuses), isMore }, expected);
    if (!criteria.kinds) requireCount(`the kinds of ${what}`, { keys: sum(kinds), isMore }, expected);
    if (criteria.hasIps === undefined)
      requireCount(`the addresses of ${what}`, { keys: sum(ips), isMore }, expected);
  }
  return asked.length;
}

function requireCount(
  what: string,
  { keys, isMore }: { keys: number; isMore: boolean },
  expected: number,
): void {
  const isRight = isMore ? keys <= expected : keys === expected;
  requireRight(isRight, `${what} should have ${expected} keys, not ${keys}${isMore ? ' or more' : ''}`);
}
