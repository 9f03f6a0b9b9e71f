import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesktopContext } from '../../../main/desktop/desktop-context.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const asked = vi.hoisted(() => ({ options: {} as { defaultPath?: string }, answer: '/chosen' }));
vi.mock('electron', () => ({
  dialog: {
    showSaveDialog: async (_window: unknown, options: object) => {
      asked.options = options;
      return { canceled: asked.answer === '', filePath: asked.answer };
    },
  },
}));
const { askWhere, askWhereForSecret } = await import('../../../main/desktop/ask-where.ts');

const context = (exportFolder: string | null) =>
  ({ window: () => ({}), settings: { preferences: () => ({ exportFolder }) } }) as unknown as DesktopContext;
const QUESTION = { title: 'Export', name: 'keys.csv', extension: 'csv' };

beforeEach(() => {
  asked.answer = '/chosen';
});

describe('the dialog for an export', () => {
  it('begins in the folder that is preferred', async () => {
    const folder = temporaryFolder();
    expect(await askWhere(context(folder), QUESTION)).toBe('/chosen');
    expect(asked.options.defaultPath).toBe(join(folder, 'keys.csv'));
  });

  it('begins where the system thinks best while there is no such folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    for (const gone of [null, join(file, 'below'), file, '/nowhere/at/all']) {
      await askWhere(context(gone), QUESTION);
      expect(asked.options.defaultPath, String(gone)).toBe('keys.csv');
    }
  });

  it('never begins there for a secret', async () => {
    await askWhereForSecret(context(temporaryFolder()), QUESTION);
    expect(asked.options.defaultPath).toBe('keys.csv');
  });

  it('is null when it was cancelled', async () => {
    asked.answer = '';
    expect(await askWhere(context(null), QUESTION)).toBeNull();
  });
});
