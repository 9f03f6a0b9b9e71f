import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeIcons } from '../../../packaging/make-icons.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

it('one drawing gives each system icons in all the sizes it asks for', async () => {
  const folder = temporaryFolder();
  await makeIcons(folder);

  for (const name of readdirSync(join(folder, 'linux'))) {
    const png = readFileSync(join(folder, 'linux', name));
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}.png`).toBe(name);
  }
  expect(readdirSync(join(folder, 'linux'))).toHaveLength(8);

  const ico = readFileSync(join(folder, 'icon.ico'));
  const count = ico.readUInt16LE(4);
  // A width of 0 stands for 256.
  expect(Array.from({ length: count }, (_, index) => ico[6 + 16 * index])).toEqual([
    16, 24, 32, 48, 64, 128, 0,
  ]);

  const icns = readFileSync(join(folder, 'icon.icns'));
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const types: string[] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    types.push(icns.toString('latin1', at, at + 4));
  expect(types).toEqual([
    'TOC ',
    'icp4',
    'icp5',
    'ic11',
    'ic12',
    'ic07',
    'ic13',
    'ic08',
    'ic14',
    'ic09',
    'ic10',
  ]);
});

it('the drawing is the mark of the window', () => {
  const own = readFileSync(join(import.meta.dirname, '../../../packaging/resources/icon.svg'), 'utf8');
  const mark = readFileSync(join(import.meta.dirname, '../../../renderer/ui/mark.tsx'), 'utf8');
  const shape = / d="([^"]+)"/.exec(mark)?.[1];
  expect(shape).toMatch(/^M/);
  expect(own).toContain(`d="${shape}"`);
});
