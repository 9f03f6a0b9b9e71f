import type { Attention, Preferences } from '../../preload/contract.ts';
import { type ListView, type Narrowing, NOT_NARROWED } from '../keys/list-view.ts';

export type ReviewKind = keyof Attention;

/** Which keys *Review* shows: those that main counts. @param warning how soon keys must expire to be pointed out */
export function narrowingOf(kind: ReviewKind, warning: Preferences['expiryWarning']): Partial<Narrowing> {
  switch (kind) {
    case 'exposed':
      return { exposed: true };
    case 'unsaved':
      return { unsaved: true, statuses: ['active', 'disabled', 'expired'] };
    case 'overdue':
      return { overdue: true };
    case 'expiring':
      // Whoever is not warned may still ask for what expires soon.
      return { expires: warning === 'never' ? '14d' : warning, statuses: ['active'] };
  }
}

/** What is pointed out first, when several things are. */
export const REVIEW_ORDER = ['exposed', 'unsaved', 'overdue', 'expiring'] as const satisfies ReviewKind[];

/** What is being reviewed, where the list shows exactly that. */
export function reviewOf(
  { sort: _, ...view }: ListView,
  warning: Preferences['expiryWarning'],
): ReviewKind | null {
  const shown = JSON.stringify(sorted(view));
  const found = REVIEW_ORDER.find(
    kind =>
      JSON.stringify(sorted({ service: null, text: '', ...NOT_NARROWED, ...narrowingOf(kind, warning) })) ===
      shown,
  );
  return found ?? null;
}

function sorted(view: object): unknown {
  return Object.entries(view).sort(([a], [b]) => a.localeCompare(b));
}
