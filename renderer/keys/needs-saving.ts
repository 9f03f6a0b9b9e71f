import type { KeyView } from '../../preload/contract.ts';

/** Whether someone should still replace or confirm the key's secret; a revoked key's no longer matters. */
export function needsSaving(key: KeyView): boolean {
  return key.savedAt === null && key.status !== 'revoked';
}
