import { describe, expect, it } from 'vitest';
import { placeWindow, type WindowPlace } from '../../../main/desktop/window-place.ts';

const MAIN = { x: 0, y: 25, width: 1920, height: 1055 };
const LEFT = { x: -1600, y: 0, width: 1600, height: 900 };
const kept = (change: Partial<WindowPlace> = {}): WindowPlace => ({
  ...{ x: 200, y: 150, width: 1400, height: 900, maximized: false },
  ...change,
});

describe('the place of the window', () => {
  it('is at first the middle of the main screen', () => {
    expect(placeWindow(undefined, [MAIN])).toEqual({ width: 1280, height: 800 });
    expect(placeWindow(undefined, [])).toEqual({ width: 1280, height: 800 });
  });

  it('is where it was, on whichever screen', () => {
    expect(placeWindow(kept(), [MAIN])).toEqual({ x: 200, y: 150, width: 1400, height: 900 });
    expect(placeWindow(kept({ x: -1500, y: 10, height: 700 }), [MAIN, LEFT])).toMatchObject({
      x: -1500,
      y: 10,
    });
  });

  it('is the middle of the main screen, as large as it was, when its own screen is gone', () => {
    expect(placeWindow(kept({ x: -1500 }), [MAIN])).toEqual({ width: 1400, height: 900 });
  });

  it.each([
    ['far to the right', { x: 1900 }],
    ['far to the left', { x: -1390 }],
    ['below', { y: 1070 }],
    ['above, with its title bar', { y: -40 }],
  ])('is not %s of the screen, where nobody could take hold of it', (_where, change) => {
    expect(placeWindow(kept(change), [MAIN])).not.toHaveProperty('x');
  });

  it('may stand out as long as its title bar can be taken hold of', () => {
    expect(placeWindow(kept({ x: 1780 }), [MAIN])).toMatchObject({ x: 1780 });
    expect(placeWindow(kept({ y: 1048 }), [MAIN])).toMatchObject({ y: 1048 });
  });

  it('is no larger than the screen, and no smaller than the window works from', () => {
    expect(placeWindow(kept({ x: -1600, y: 0, width: 3000, height: 2000 }), [MAIN, LEFT])).toMatchObject({
      width: 1600,
      height: 900,
    });
    expect(placeWindow(kept({ width: 10, height: 10, x: 300 }), [MAIN])).toMatchObject({
      width: 960,
      height: 600,
    });
  });
});
