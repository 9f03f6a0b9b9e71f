import type { Rectangle } from 'electron';
import { z } from 'zod';

/** What a window may not be smaller than, in CSS pixels. */
export const LEAST_SIZE = { width: 960, height: 600 } as const;
const FIRST_SIZE = { width: 1280, height: 800 } as const;

const FAR = 100_000;
const coordinate = z.int().min(-FAR).max(FAR);
const length = z.int().min(1).max(FAR);

/** Where the window was when it was closed; maximised, where it would go back to. */
export const windowPlaceSchema = z.strictObject({
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
  maximized: z.boolean(),
});
export type WindowPlace = Readonly<z.infer<typeof windowPlaceSchema>>;

/** How much of the title bar must be on a screen, so that the window can be moved by it. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * Where to open the window: where it was, unless no screen shows its title bar any more.
 *
 * @param areas what each screen has free for windows, the main one first
 * @returns without a place: in the middle of the main screen
 */
export function placeWindow(
  kept: WindowPlace | undefined,
  areas: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const area = kept && areas.find(each => showsTitleBar(each, kept));
  const [main] = areas;
  if (!kept || !area) return main ? fitting(kept ?? FIRST_SIZE, main) : { ...FIRST_SIZE };
  return { x: kept.x, y: kept.y, ...fitting(kept, area) };
}

function showsTitleBar(area: Rectangle, { x, y, width }: WindowPlace): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  // Its upper edge may stand out a little, as systems with shadows around windows let it.
  const above = area.y - y;
  const below = area.y + area.height - y;
  return across >= GRIP.width && above <= GRIP.height / 2 && below >= GRIP.height;
}

/** Not larger than the screen, nor smaller than what the window works from. */
function fitting({ width, height }: { width: number; height: number }, area: Rectangle) {
  return {
    width: Math.max(LEAST_SIZE.width, Math.min(width, area.width)),
    height: Math.max(LEAST_SIZE.height, Math.min(height, area.height)),
  };
}
