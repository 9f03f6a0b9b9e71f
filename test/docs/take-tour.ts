/** Takes the pictures of docs/tour.md anew: `npm run docs:tour`. */
import { join } from 'node:path';
import { ROOT, runTool } from '../rig/run-tool.ts';

const PICTURES = join(ROOT, 'docs/pictures');

const args = [
  'test',
  '--config',
  'test/e2e/playwright.config.ts',
  '--project',
  'pictures',
  '--grep',
  'of the tour',
];
process.exitCode = runTool('@playwright/test', args, { KEYSMITH_PICTURES: PICTURES }) ?? 1;
