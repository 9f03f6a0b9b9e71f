/** `npm run icons`: every icon that packages have, drawn from packaging/resources/icon.svg. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import { PARTS, ROOT } from './places.ts';

const DRAWING = join(ROOT, 'packaging/resources/icon.svg');

/** Edges in pixels. Linux: the sizes of the hicolor theme. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
/** Windows: from the title bar to the large icons of a folder. */
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** macOS: Apple's names for 16 to 512 points, each also at twice the pixels. */
const MAC_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

/** Writes icon.ico, icon.icns and a folder of PNGs. */
export async function makeIcons(folder: string): Promise<void> {
  const drawing = readFileSync(DRAWING, 'utf8');
  const drawn = (size: number) =>
    new Resvg(drawing, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } })
      .render()
      .asPng();
  mkdirSync(join(folder, 'linux'), { recursive: true });
  for (const size of LINUX_SIZES) writeFileSync(join(folder, 'linux', `${size}x${size}.png`), drawn(size));

  const ico = new IconIco();
  // Windows reads the small sizes as bitmaps everywhere, the largest one only as PNG.
  for (const size of WINDOWS_SIZES) await ico.addFromPng(drawn(size), size >= 256, false);
  writeFileSync(join(folder, 'icon.ico'), ico.encode());

  const icns = new IconIcns();
  icns.toc = true;
  for (const [type, size] of MAC_TYPES) await icns.addFromPng(drawn(size), [type], true);
  writeFileSync(join(folder, 'icon.icns'), icns.encode());
}

if (import.meta.main) await makeIcons(join(PARTS, 'icons'));
