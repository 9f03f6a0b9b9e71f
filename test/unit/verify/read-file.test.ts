import { describe, expect, it } from 'vitest';
import type { BundleSource } from '../../../main/verify/bundle-source.ts';
import { readBounded, readListed } from '../../../main/verify/read-file.ts';
import { refusedBundle } from '../../fixtures/expect-refused.ts';

const LISTED = { sha256: 'a'.repeat(64), size: 100 };

/** A file that states a size and never ends. */
function endless(stated: number) {
  const read = { bytes: 0 };
  const source: BundleSource = {
    sizes: new Map([['file', stated]]),
    async *chunks() {
      while (read.bytes < 100_000) {
        read.bytes += 60;
        yield Buffer.alloc(60);
      }
    },
    close: async () => {},
  };
  return { source, read };
}

describe('a file of a bundle', () => {
  it.each([true, false])('is read no further than its signed size, kept (%s) or not', async keep => {
    const { source, read } = endless(100);
    await refusedBundle('BUNDLE_FILE_CHANGED', 'file', readListed(source, 'file', LISTED, keep));
    expect(read.bytes).toBe(120);
  });

  it('is not read at all when it states another size than the signed one', async () => {
    for (const stated of [99, 101]) {
      const { source, read } = endless(stated);
      await refusedBundle('BUNDLE_FILE_CHANGED', 'file', readListed(source, 'file', LISTED, true));
      expect(read.bytes).toBe(0);
    }
  });

  it('that nothing vouches for is read no further than its limit', async () => {
    const { source, read } = endless(10);
    await refusedBundle('BUNDLE_TOO_LARGE', 'file', readBounded(source, 'file', 100));
    expect(read.bytes).toBe(120);
  });

  it('is never larger than what can be kept', async () => {
    const size = 2 ** 31;
    const { source, read } = endless(size);
    await refusedBundle('BUNDLE_TOO_LARGE', 'file', readListed(source, 'file', { ...LISTED, size }, true));
    expect(read.bytes).toBe(0);
  });
});
