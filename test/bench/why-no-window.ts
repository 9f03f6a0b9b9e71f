import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../electron/standin/browser/find-chromium.ts';
import { ROOT } from '../rig/run-tool.ts';

/** Why no window can be opened here; undefined: one can. */
export function whyNoWindow(): string | undefined {
  if (existsSync(join(ROOT, 'node_modules/electron/dist'))) {
    const isShown = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
    return isShown ? undefined : 'there is no display here';
  }
  try {
    findChromium();
    return undefined;
  } catch {
    return 'there is neither Electron nor Chromium here';
  }
}
