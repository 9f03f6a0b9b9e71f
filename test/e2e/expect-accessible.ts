import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe knows of WCAG 2.2 AA holds for what is on the screen. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Numbers that are about to be replaced are dimmed for a moment.
  await expect(page.locator('[data-old]')).toHaveCount(0);
  // The page may not be left for axe's own blank one, as its newer way of working would.
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
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
