import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
/** Where packages come to lie. */
export const RELEASE = join(ROOT, 'release');
/** What packages are made from; nothing of it is published. */
export const PARTS = join(RELEASE, 'parts');
