import { describe, expect, it } from 'vitest';
import { pagesAround, wholePages } from '../../../renderer/keys/pages-around.ts';
import { rowsAround, spanInView } from '../../../renderer/keys/row-window.ts';

describe('the rows of a list that exist', () => {
  it('are those that are seen in part or whole', () => {
    expect(spanInView(0, 360, 36, 1000)).toEqual({ first: 0, last: 9 });
    expect(spanInView(1, 360, 36, 1000)).toEqual({ first: 0, last: 10 });
    expect(spanInView(35_999_640, 360, 36, 1_000_000)).toEqual({ first: 999_990, last: 999_999 });
    expect(spanInView(36_000, 360, 36, 3), 'of a list that became shorter').toEqual({ first: 2, last: 2 });
    expect(spanInView(0, 360, 36, 0)).toEqual({ first: 0, last: 0 });
  });

  it('have some around them, and the one with the focus', () => {
    expect(rowsAround({ first: 0, last: 1 }, 1000, 0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(rowsAround({ first: 500, last: 500 }, 1000, 3).slice(0, 2)).toEqual([3, 492]);
    expect(rowsAround({ first: 500, last: 500 }, 1000, 999).slice(-2)).toEqual([508, 999]);
    expect(rowsAround({ first: 0, last: 0 }, 0, 0)).toEqual([]);
  });

  it('come by pages: those in view are asked for last, so that they are read first', () => {
    expect(pagesAround({ first: 250, last: 270 }, 1_000_000)).toEqual([1, 3, 2]);
    expect(pagesAround({ first: 290, last: 310 }, 1_000_000)).toEqual([1, 4, 2, 3]);
    expect(pagesAround({ first: 0, last: 20 }, 40)).toEqual([0]);
    expect(pagesAround({ first: 999_980, last: 999_999 }, 1_000_000)).toEqual([9998, 9999]);
    expect(pagesAround({ first: 0, last: 0 }, 0)).toEqual([0]);
  });

  it('wants whole pages, and says when they are the ones it wanted before', () => {
    const wanted = wholePages({ first: 250, last: 310 }, { first: 0, last: 99 });
    expect(wanted).toEqual({ first: 200, last: 399 });
    expect(wholePages({ first: 299, last: 300 }, wanted)).toBe(wanted);
    expect(wholePages({ first: 299, last: 299 }, wanted)).toEqual({ first: 200, last: 299 });
  });
});
