import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { followZoom, ZOOM_FACTORS, zoomBy } from '../../../main/desktop/zoom.ts';

describe('the zoom', () => {
  it('goes by steps, and stays at either end', () => {
    expect([zoomBy(1, 'in'), zoomBy(1, 'out'), zoomBy(1.75, 'reset')]).toEqual([1.1, 0.9, 1]);
    // As Chromium gives back what it was told.
    expect([zoomBy(1.0999999, 'in'), zoomBy(1.1000001, 'out')]).toEqual([1.25, 1]);
    expect([zoomBy(2, 'in'), zoomBy(0.5, 'out')]).toEqual([2, 0.5]);
    expect(ZOOM_FACTORS.at(-1)).toBe(2);
  });

  it('follows the menu and the mouse wheel, and is kept', () => {
    let factor = 1;
    let gone = false;
    const kept: number[] = [];
    const contents = Object.assign(new EventEmitter(), {
      isDestroyed: () => gone,
      getZoomFactor: () => factor,
      setZoomFactor: (next: number) => {
        factor = next;
      },
    });
    const zoom = followZoom(contents as unknown as WebContents, next => kept.push(next));
    zoom('in');
    contents.emit('zoom-changed', {}, 'in');
    zoom('out');
    gone = true;
    zoom('reset');
    expect(kept).toEqual([1.1, 1.25, 1.1]);
    expect(factor).toBe(1.1);
  });
});
