import type { Page } from '@playwright/test';

/** Everything a page holds where a secret could lie: the document with its fields' values, and every storage. */
export async function contentsOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const values = [...document.querySelectorAll('input, textarea, select')].map(
      field => (field as HTMLInputElement).value,
    );
    const attempt = async (read: () => unknown) => {
      try {
        return await read();
      } catch (error) {
        return String(error);
      }
    };
    return JSON.stringify([
      document.documentElement.outerHTML,
      values,
      document.title,
      location.href,
      await attempt(() => ({ ...localStorage })),
      await attempt(() => ({ ...sessionStorage })),
      await attempt(async () => (await indexedDB.databases()).map(({ name }) => name)),
      await attempt(() => document.cookie),
      await attempt(() => history.state),
    ]);
  });
}
