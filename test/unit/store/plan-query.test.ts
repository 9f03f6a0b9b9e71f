import { describe, expect, it } from 'vitest';
import { planQuery, trifle, type Way } from '../../../main/store/plan-query.ts';

const ALL = { sql: 'TRUE', bound: [] };
const walk = (size: number, cost: number): Way => ({
  index: 'walked',
  given: ALL,
  ordered: true,
  size,
  cost,
  fetch: 0,
});
const gather = (size: number, cost: number, fetch = 0): Way => ({
  index: null,
  given: ALL,
  ordered: false,
  size,
  cost,
  fetch,
});

describe('planning a page', () => {
  it('walks in order where much matches, whatever could be gathered', () => {
    const [inOrder, few] = [walk(1_000_000, 0.1), gather(20_000, 2)];
    expect(planQuery([few, inOrder], { matching: 20_000, wanted: 100 }).first).toBe(inOrder);
  });

  it('gathers what is rare', () => {
    const [inOrder, few] = [walk(1_000_000, 0.1), gather(50, 2)];
    expect(planQuery([inOrder, few], { matching: 50, wanted: 100 })).toEqual({
      first: few,
      patience: 50,
      other: null,
    });
  });

  it('gives a walk up before it costs what gathering does', () => {
    const [inOrder, few] = [walk(1_000_000, 0.1), gather(10_000, 2)];
    const { first, patience, other } = planQuery([inOrder, few], { matching: 10_000, wanted: 100 });
    expect([first, other]).toEqual([inOrder, few]);
    expect(patience * inOrder.cost).toBeGreaterThan(0);
    expect(patience * inOrder.cost).toBeLessThan(few.size * few.cost);
  });

  it('never gives a walk up for what costs more than its end', () => {
    const [inOrder, all] = [walk(1000, 0.1), gather(1_000_000, 2)];
    expect(planQuery([all, inOrder], { matching: 1, wanted: 100 }).other).toBeNull();
  });

  it('takes the narrower of two walks, and the cheaper one where they are as long', () => {
    const [wide, narrow, dear] = [walk(1_000_000, 0.1), walk(5000, 0.1), walk(5000, 3)];
    expect(planQuery([wide, dear, narrow], { matching: 100, wanted: 100 }).first).toBe(narrow);
  });

  it('counts what it costs to read the rows of what is gathered', () => {
    const [plain, unsorted] = [gather(1000, 1), gather(1000, 0.1, 3)];
    expect(planQuery([unsorted, plain], { matching: 1000, wanted: 100 }).first).toBe(plain);
    expect(planQuery([unsorted, plain], { matching: 10, wanted: 100 }).first).toBe(unsorted);
  });

  it('compares nothing where a way is cheap from end to end', () => {
    const [inOrder, few] = [walk(1_000_000, 0.1), gather(10, 2)];
    expect(trifle([inOrder, few])).toBe(few);
    expect(trifle([inOrder, gather(10_000, 2)])).toBeUndefined();
  });
});
