import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ChosenFile } from '../../preload/contract.ts';
import type { CheckedImport } from '../exchange/import-keys.ts';
import { KeysmithError } from '../keys/errors.ts';

/** The file of keys that was chosen last. */
export interface ChosenFiles {
  choose(path: string, operator: string): ChosenFile;
  /** @throws REQUEST_INVALID */
  path(handle: string, operator: string): string;
  /** Keeps what the last check said; undefined while a new one is under way. */
  keepCheck(handle: string, checked: CheckedImport | undefined): void;
  /** @throws REQUEST_INVALID */
  checked(handle: string, operator: string): CheckedImport;
}

/**
 * SECURITY: the page names a file by a handle that main made for what was chosen in main's own dialog, never by a path;
 * and what one operator chose opens nothing for the next.
 */
export function createChosenFiles(): ChosenFiles {
  let chosen:
    | { readonly handle: string; readonly path: string; readonly operator: string; checked?: CheckedImport }
    | undefined;
  const require = (handle: string, operator: string) => {
    if (chosen?.handle === handle && chosen.operator === operator) return chosen;
    throw new KeysmithError('REQUEST_INVALID', 'No such file was chosen. Choose the file again.');
  };
  return {
    choose(path, operator) {
      chosen = { handle: randomUUID(), path, operator };
      return { handle: chosen.handle, name: basename(path) };
    },
    path: (handle, operator) => require(handle, operator).path,
    keepCheck(handle, checked) {
      // Another file may have been chosen while this one was read.
      if (chosen?.handle !== handle) return;
      const { checked: _, ...file } = chosen;
      chosen = checked ? { ...file, checked } : file;
    },
    checked(handle, operator) {
      const { checked } = require(handle, operator);
      if (checked) return checked;
      throw new KeysmithError('REQUEST_INVALID', 'The file was not checked. Check it first.');
    },
  };
}
