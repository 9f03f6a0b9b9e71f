import { readFileSync } from 'node:fs';
import type { Size } from 'electron';
import { StrictInstance, strictObject } from '../strict.ts';

/** Electron's `NativeImage`, for PNG only and without any editing. */
export class NativeImage extends StrictInstance {
  readonly #png: Buffer;

  constructor(png: Buffer) {
    super();
    this.#png = png;
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }
  toPNG(): Buffer {
    return Buffer.from(this.#png);
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }
  /** Width and height stand at bytes 16 and 20 of every PNG (RFC 2083, section 4.1.1). */
  getSize(): Size {
    if (this.isEmpty()) return { width: 0, height: 0 };
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }
  setTemplateImage(_option: boolean): void {}
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

export function createFromBuffer(buffer: Buffer): NativeImage {
  return new NativeImage(buffer.subarray(0, 8).equals(signature) ? buffer : Buffer.alloc(0));
}

/** An image that cannot be read is empty, as in Electron. */
function createFromPath(file: string): NativeImage {
  try {
    return createFromBuffer(readFileSync(file));
  } catch {
    return createEmpty();
  }
}

function createEmpty(): NativeImage {
  return new NativeImage(Buffer.alloc(0));
}

/** Electron's `nativeImage` module. */
export const nativeImage = strictObject('nativeImage', { createEmpty, createFromPath, createFromBuffer });
