import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Extent,
  followScroll,
  lastOffset,
  MAX_HEIGHT,
  placeAt,
  type ScrollPlace,
  scrolledHeight,
} from '../../../renderer/keys/scroll-scale.ts';

const MILLION: Extent = { height: 36_000_000, view: 640 };
const end = (extent: Extent) => scrolledHeight(extent) - extent.view;

/** Scrolls an element by so many pixels, as a browser does: never beyond its ends. */
function scrollBy(place: ScrollPlace, move: number, extent: Extent): ScrollPlace {
  const scrollTop = Math.max(0, Math.min(end(extent), place.scrollTop + move));
  return scrollTop === place.scrollTop ? place : followScroll(place, scrollTop, extent);
}

describe('a list that is higher than an element can be', () => {
  it('is as high as browsers draw at any zoom, and shows its ends at the ends of the scroll bar', () => {
    expect(scrolledHeight(MILLION)).toBe(MAX_HEIGHT);
    const top = { offset: 0, scrollTop: 0 };
    expect(followScroll(top, end(MILLION), MILLION)).toEqual({
      offset: lastOffset(MILLION),
      scrollTop: end(MILLION),
    });
    expect(followScroll(placeAt(20_000_000, MILLION), 0, MILLION)).toEqual(top);
    expect(followScroll(top, end(MILLION) / 2, MILLION).offset).toBe(lastOffset(MILLION) / 2);
  });

  it('moves by wheel as far as the element does, from end to end and back', () => {
    for (const notch of [120, -120, 640, -640]) {
      let place = notch > 0 ? placeAt(0, MILLION) : placeAt(lastOffset(MILLION), MILLION);
      const goal = notch > 0 ? lastOffset(MILLION) : 0;
      let moves = 0;
      while (place.offset !== goal) {
        const next = scrollBy(place, notch, MILLION);
        const wanted = Math.max(0, Math.min(lastOffset(MILLION), place.offset + notch));
        if (next.offset !== wanted) expect.fail(`from ${place.offset} to ${next.offset}, not to ${wanted}`);
        place = next;
        moves += 1;
      }
      expect(moves).toBe(Math.ceil(lastOffset(MILLION) / Math.abs(notch)));
      expect(place.scrollTop).toBe(notch > 0 ? end(MILLION) : 0);
    }
  });

  it('never leaves its ends, and is never stuck before them, however it is scrolled', () => {
    const move = fc.oneof(
      fc.integer({ min: -1200, max: 1200 }),
      fc.integer({ min: -8_000_000, max: 8_000_000 }),
    );
    const view = fc.integer({ min: 100, max: 3000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000_000 }),
        view,
        fc.array(move, { maxLength: 200 }),
        (height, seen, moves) => {
          const extent = { height: height + seen, view: seen };
          let place = placeAt(0, extent);
          for (const each of moves) {
            place = scrollBy(place, each, extent);
            expect(place.offset).toBeGreaterThanOrEqual(0);
            expect(place.offset).toBeLessThanOrEqual(lastOffset(extent));
            expect(place.scrollTop).toBeGreaterThanOrEqual(0);
            expect(place.scrollTop).toBeLessThanOrEqual(end(extent));
            if (place.scrollTop === 0) expect(place.offset).toBe(0);
            if (place.scrollTop === end(extent)) expect(place.offset).toBe(lastOffset(extent));
          }
        },
      ),
    );
  });

  it('is scrolled as any other where an element can be as high', () => {
    const extent = { height: 3_600_000, view: 640 };
    expect(scrolledHeight(extent)).toBe(3_600_000);
    expect(placeAt(1_234_567, extent)).toEqual({ offset: 1_234_567, scrollTop: 1_234_567 });
    expect(followScroll({ offset: 0, scrollTop: 0 }, 2_000_000, extent).offset).toBe(2_000_000);
    expect(placeAt(99_000_000, extent).offset).toBe(lastOffset(extent));
  });
});
