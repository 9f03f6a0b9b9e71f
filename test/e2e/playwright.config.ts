import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const ROOT = join(import.meta.dirname, '../..');

// Where Electron's binary is not there, its own package is pointed to the stand-in; nothing else changes.
// A packed app brings its own (test/rig/app-command.ts).
if (!process.env.KEYSMITH_PACKED_APP && !existsSync(join(ROOT, 'node_modules/electron/dist'))) {
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= join(ROOT, 'test/electron/dist');
}

/** Stories that only take pictures, for people to look at: they prove nothing, and are a project of their own. */
const PICTURES = /\b(a picture|pictures) of /;

export default defineConfig({
  testDir: 'stories',
  outputDir: join(ROOT, 'test-results/e2e'),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Two windows at a time are what two cores carry.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 2 : 0,
  reporter: 'list',
  projects: [
    { name: 'stories', grepInvert: PICTURES },
    { name: 'pictures', grep: PICTURES },
    // The app as it is shipped: KEYSMITH_SHIPPED_APP names its executable. Only a release has one.
    { name: 'packed', testDir: 'packed' },
  ],
});
