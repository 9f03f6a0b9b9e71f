import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe knows of WCAG 2.2 AA holds for what is on the screen, in light and dark. The schemes differ in colours alone,
 * so that dark is asked for nothing else.
 */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Numbers that are about to be replaced are dimmed for a moment.
  await expect(page.locator('[data-old]')).toHaveCount(0);
  await showIn(page, 'light');
  await expectNoViolations(new AxeBuilder({ page }).withTags(RULES), `${screen}, light`);
  await showIn(page, 'dark');
  await expectNoViolations(new AxeBuilder({ page }).withRules(['color-contrast']), `${screen}, dark`);
  await showIn(page, null);
}

async function showIn(page: Page, colorScheme: 'light' | 'dark' | null): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  if (colorScheme !== null)
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
}

async function expectNoViolations(axe: AxeBuilder, screen: string): Promise<void> {
  // The page may not be left for axe's own blank one, as its newer way of working would.
  const { violations } = await axe.setLegacyMode(true).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' ')
          .slice(0, 300)}`,
    ),
    screen,
  ).toEqual([]);
}
