import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect } from './fixtures.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const AXE = readFileSync(join(createRequire(import.meta.url).resolve('axe-core'), '../axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe?: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

const BY_SYSTEM = { colorScheme: null, reducedMotion: 'reduce' } as const;

/**
 * What axe knows of WCAG 2.2 AA holds for what is on the screen, in light and dark. The schemes differ in colours alone,
 * so that the second one is asked for nothing else. The first is the one that is shown: each change of it costs as much
 * as a look at it.
 */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Numbers that are about to be replaced are dimmed for a moment.
  await expect(page.locator('[data-old]')).toHaveCount(0);
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [first, second] = dark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  await showIn(page, first);
  await expectNoViolations(page, { type: 'tag', values: RULES }, `${screen}, ${first}`);
  await showIn(page, second);
  await expectNoViolations(page, { type: 'rule', values: ['color-contrast'] }, `${screen}, ${second}`);
}

/** Takes back what {@link expectAccessible} chose. */
export async function showAsSystem(page: Page): Promise<void> {
  await page.emulateMedia(BY_SYSTEM);
}

/** The same for what does not depend on the scheme, as where the system chooses the colours. */
export async function expectAccessibleAsShown(page: Page, screen: string): Promise<void> {
  await expectNoViolations(page, { type: 'tag', values: RULES }, screen);
}

async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.waitForFunction(
    scheme => document.documentElement.getAttribute('data-mantine-color-scheme') === scheme,
    colorScheme,
  );
}

async function expectNoViolations(page: Page, runOnly: RunOptions['runOnly'], screen: string): Promise<void> {
  // Once a document: to read axe takes as long as to ask it.
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(AXE);
  const look = () =>
    page.evaluate(
      async options => {
        const found = await window.axe?.run(document, options);
        return found?.violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map(({ html }) => html)
              .join(' ')
              .slice(0, 300)}`,
        );
      },
      // Only what is wrong is told; no frame, and no style sheet that would have to be fetched, is there to be read.
      {
        runOnly,
        resultTypes: ['violations'],
        selectors: false,
        iframes: false,
        preload: false,
      } as RunOptions,
    );
  // Again where something is wrong: numbers that are replaced at this moment are dimmed for as long.
  await expect.poll(look, { message: screen }).toEqual([]);
}
