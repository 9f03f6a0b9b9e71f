import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

// Electron's own loader, and with it _electron.launch(), looks here for the executable. It has to be set in the runner's
// own environment: what launch({ env }) gets is too late.
if (!existsSync(path.join(import.meta.dirname, '../../node_modules/electron/dist'))) {
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= path.join(import.meta.dirname, 'dist');
}

export default defineConfig({
  testDir: 'specs',
  outputDir: 'test-results',
  timeout: 20_000,
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
});
