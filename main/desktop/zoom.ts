import type { WebContents } from 'electron';

/** The sizes that the page can be shown in, as browsers have them. */
export const ZOOM_FACTORS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

export type ZoomStep = 'in' | 'out' | 'reset';

/** The next larger or smaller size; at either end it stays. */
export function zoomBy(factor: number, step: ZoomStep): number {
  // Factors that went through Chromium are a hair off.
  const HAIR = 0.001;
  switch (step) {
    case 'in':
      return ZOOM_FACTORS.find(each => each > factor + HAIR) ?? factor;
    case 'out':
      return ZOOM_FACTORS.findLast(each => each < factor - HAIR) ?? factor;
    case 'reset':
      return 1;
  }
}

/**
 * Shows the page larger or smaller, by the menu and by the mouse wheel. Electron forgets it with the window's session.
 *
 * @param keep for the next start
 */
export function followZoom(contents: WebContents, keep: (factor: number) => void): (step: ZoomStep) => void {
  const zoom = (step: ZoomStep) => {
    // The menu outlives the window on its way out.
    if (contents.isDestroyed()) return;
    const factor = zoomBy(contents.getZoomFactor(), step);
    contents.setZoomFactor(factor);
    keep(factor);
  };
  contents.on('zoom-changed', (_event, direction) => zoom(direction));
  return zoom;
}
