import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Tests start hundreds of threads and processes that run the sources as they are: what Node made of these is kept.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/keysmith-test');

/**
 * Two projects: `unit` mirrors main/ with clock and random passed in; `integration` talks to real keychains, files,
 * processes and disks. Files of the latter run beside each other: each makes its own folders, disks and session bus.
 */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
    // More processes than this only get in each other's way: the integration tests start several of their own.
    maxWorkers: 2,
  },
});
