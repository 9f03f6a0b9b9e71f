import { describe, expect, it } from 'vitest';
import { addSample, perSecond, type Sample, secondsLeft } from '../../../renderer/keys/import/import-pace.ts';

/** Samples every half a second, each with so many more keys. */
const at = (...done: number[]) =>
  done.reduce<readonly Sample[]>((all, each, nth) => addSample(all, { at: nth * 500, done: each }), []);

describe('the pace of a bulk issue', () => {
  it('is not told from too little', () => {
    expect(perSecond([])).toBeNull();
    expect(perSecond(at(0, 1000))).toBeNull();
    expect(perSecond(at(0, 0, 0, 0, 0))).toBeNull();
    expect(secondsLeft(at(0, 1000), 5000)).toBeNull();
  });

  it('is that of the last ten seconds', () => {
    expect(perSecond(at(0, 1000, 2000, 3000, 4000))).toBe(2000);
    expect(secondsLeft(at(0, 1000, 2000, 3000, 4000), 10_000)).toBe(3);
    const slow = Array.from({ length: 20 }, () => 0);
    const fast = Array.from({ length: 21 }, (_, nth) => nth * 500);
    expect(perSecond(at(...slow, ...fast))).toBe(1000);
  });

  it('begins anew with what begins anew', () => {
    expect(perSecond(at(0, 1000, 2000, 3000, 4000, 0))).toBeNull();
    expect(secondsLeft(at(5000, 6000, 7000, 8000, 9000), 8000)).toBe(0);
  });
});
