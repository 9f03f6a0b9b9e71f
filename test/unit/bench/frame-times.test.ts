import { describe, expect, it } from 'vitest';
import { frameTimes } from '../../bench/frame-times.ts';
import { percentile } from '../../bench/statistics.ts';

const BEAT = 1000 / 60;

/** Frames on the beat of a screen, each so many beats after the one before, with stamps as a browser gives them. */
function stamped(beats: readonly number[]): number[] {
  const stamps = [0];
  let at = 0;
  for (const [nth, count] of beats.entries()) {
    at += count * BEAT;
    stamps.push((nth % 3 === 0 ? Math.ceil : Math.floor)(at * 10) / 10);
  }
  return beats.map((_, nth) => (stamps[nth + 1] ?? 0) - (stamps[nth] ?? 0));
}

describe('the time of a frame', () => {
  it('is the beat of the screen where only the stamps are blurred', () => {
    const measured = stamped(Array.from({ length: 160 }, () => 1));
    expect(percentile(measured, 95)).toBeGreaterThan(16.7);
    for (const time of frameTimes(measured)) expect(time).toBeCloseTo(BEAT, 2);
  });

  it('is two beats for a frame that missed one', () => {
    const beats = Array.from({ length: 160 }, (_, nth) => (nth % 16 === 0 ? 2 : 1));
    expect(percentile(frameTimes(stamped(beats)), 95)).toBeCloseTo(2 * BEAT, 2);
  });

  it('is what was measured where there is no beat, and where every frame is late', () => {
    expect(frameTimes([16.7, 16.6, 16.7, 18.1, 16.7, 25]).filter(time => time > 17)).toEqual([18.1, 25]);
    expect(percentile(frameTimes(stamped(Array.from({ length: 80 }, () => 2))), 50)).toBeCloseTo(2 * BEAT, 2);
    expect(frameTimes([])).toEqual([]);
  });

  it('is never further from what was measured than the stamps are blurred', () => {
    const measured = Array.from({ length: 500 }, (_, nth) => 10 + ((nth * 7919) % 400) / 10);
    frameTimes(measured).forEach((time, nth) => {
      expect(Math.abs(time - (measured[nth] ?? 0))).toBeLessThanOrEqual(0.2);
    });
  });
});
