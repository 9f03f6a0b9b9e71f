/**
 * Browsers cut elements off at 33,554,400 physical pixels: so high a list is safe up to a fourfold zoom. What is higher
 * is scrolled on a scale.
 */
export const MAX_HEIGHT = 8_000_000;

/** How far, in pixels, the thumb may be from where it belongs before it is put right. */
const DRIFT = 100_000;
/** So near to an end, in pixels of the list, that the scroll bar has the same pixels left as the list. */
const NEAR = 50_000;

/** A list in its frame, in pixels. */
export interface Extent {
  /** All rows, one below the other. */
  readonly height: number;
  /** What is seen of them at a time. */
  readonly view: number;
}

/** Where a list stands. */
export interface ScrollPlace {
  /** Pixels of the list above the frame. */
  readonly offset: number;
  /** The same for the element that is scrolled. */
  readonly scrollTop: number;
}

/** How high the scrolled element is. */
export function scrolledHeight({ height }: Extent): number {
  return Math.min(height, MAX_HEIGHT);
}

/** How far the list of this extent can be scrolled. */
export function lastOffset({ height, view }: Extent): number {
  return Math.max(0, height - view);
}

/**
 * Where a list stands after its element was scrolled. A small move, as by wheel, moves the list as far as the element;
 * a large one, as by the thumb, leads to the same part of the list as of the element. What drifts apart by small moves
 * is put right here and there: the place then has another `scrollTop` than was given, and the list does not move.
 */
export function followScroll(before: ScrollPlace, scrollTop: number, extent: Extent): ScrollPlace {
  const end = scrolledHeight(extent) - extent.view;
  if (extent.height <= MAX_HEIGHT) return { offset: scrollTop, scrollTop };
  const move = scrollTop - before.scrollTop;
  // A pixel of the scroll bar is a larger move than this.
  const small = Math.min(2 * extent.view, MAX_HEIGHT / (2 * extent.view));
  if (Math.abs(move) > small) {
    return { offset: Math.round((scrollTop / end) * lastOffset(extent)), scrollTop };
  }
  const offset = clamp(before.offset + move, extent);
  const right = placeAt(offset, extent);
  const nearEnd = scrollTop < small || scrollTop > end - small;
  const drift = Math.abs(right.scrollTop - scrollTop);
  return drift > DRIFT || (nearEnd && drift > 0) ? right : { offset, scrollTop };
}

/** Where the element stands for a place in the list: near an end as far from it, elsewhere at the same part. */
export function placeAt(wanted: number, extent: Extent): ScrollPlace {
  const offset = clamp(wanted, extent);
  const last = lastOffset(extent);
  const end = Math.max(0, scrolledHeight(extent) - extent.view);
  if (extent.height <= MAX_HEIGHT || offset <= NEAR) return { offset, scrollTop: offset };
  if (last - offset <= NEAR) return { offset, scrollTop: end - (last - offset) };
  return { offset, scrollTop: Math.round((offset / last) * end) };
}

function clamp(offset: number, extent: Extent): number {
  return Math.max(0, Math.min(lastOffset(extent), offset));
}
