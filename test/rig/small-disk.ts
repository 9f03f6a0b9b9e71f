import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** A disk of a few megabytes, that can be filled and made read-only. */
export interface SmallDisk {
  readonly folder: string;
  /** Frees what was put aside when the disk was made. */
  free(): void;
  makeReadOnly(): void;
  makeWritable(): void;
}

const RESERVE = 1024 * 1024;

/**
 * Mounts a small disk for one test.
 *
 * @returns the disk, or why there can be none here
 */
export function mountSmallDisk(size = '3m'): SmallDisk | string {
  if (process.platform !== 'linux') return 'a small disk is made with Linux’s tmpfs';
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  const { status, error } = mount(`size=${size},mode=700`, folder);
  if (status !== 0 || error) return 'mounting a small disk needs root and the right to mount';
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]));
  const reserve = join(folder, 'reserve');
  writeFileSync(reserve, Buffer.alloc(RESERVE));
  return {
    folder,
    free: () => rmSync(reserve),
    makeReadOnly: () => void mount('remount,ro', folder),
    makeWritable: () => void mount('remount,rw', folder),
  };
}

/** Fills what is left of a disk, to the last byte. */
export function fillDisk({ folder }: SmallDisk): void {
  for (const size of [65536, 4096, 1]) {
    for (let n = 0; ; n += 1) {
      try {
        writeFileSync(join(folder, `filler-${size}-${n}`), Buffer.alloc(size));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') break;
        throw error;
      }
    }
  }
}

/** Fills a disk until so many bytes are left, rounded up to what it gives at a time; what filled it before is gone. */
export function leaveFree({ folder }: SmallDisk, bytes: number): void {
  const filler = join(folder, 'filler');
  rmSync(filler, { force: true });
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(Math.max(0, Math.floor((bavail * bsize - bytes) / bsize) * bsize)));
}

function mount(options: string, folder: string) {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
}
