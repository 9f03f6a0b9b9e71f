import type { Display, Point, Rectangle } from 'electron';
import { StrictEmitter } from '../strict.ts';

const area: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };

/** The one display there is. */
export const display: Pick<
  Display,
  'id' | 'label' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor' | 'rotation' | 'internal'
> = {
  id: 1,
  label: 'Stand-in',
  bounds: area,
  workArea: area,
  size: { width: area.width, height: area.height },
  workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
};

/** Electron's `screen`. */
class ModelledScreen extends StrictEmitter {
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getPrimaryDisplay(): typeof display {
    return display;
  }
  getAllDisplays(): (typeof display)[] {
    return [display];
  }
  getDisplayMatching(_rectangle: Rectangle): typeof display {
    return display;
  }
  getDisplayNearestPoint(_point: Point): typeof display {
    return display;
  }
  getCursorScreenPoint(): Point {
    return { x: 0, y: 0 };
  }
}

export const screen = new ModelledScreen();
