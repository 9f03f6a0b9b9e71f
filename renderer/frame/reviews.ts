import type { Attention } from '../../preload/contract.ts';
import { type ListView, type Narrowing, NOT_NARROWED } from '../keys/list-view.ts';

export type ReviewKind = keyof Attention;

/** Which keys *Review* shows: those that main counts. */
export const REVIEWS: Readonly<Record<ReviewKind, Partial<Narrowing>>> = {
  exposed: { exposed: true },
  unsaved: { unsaved: true, statuses: ['active', 'disabled', 'expired'] },
  overdue: { overdue: true },
  expiring: { expires: '14d', statuses: ['active'] },
};

/** What is pointed out first, when several things are. */
export const REVIEW_ORDER = ['exposed', 'unsaved', 'overdue', 'expiring'] as const satisfies ReviewKind[];

/** What is being reviewed, where the list shows exactly that. */
export function reviewOf({ sort: _, ...view }: ListView): ReviewKind | null {
  const shown = JSON.stringify(sorted(view));
  const found = REVIEW_ORDER.find(
    kind => JSON.stringify(sorted({ service: null, text: '', ...NOT_NARROWED, ...REVIEWS[kind] })) === shown,
  );
  return found ?? null;
}

function sorted(view: object): unknown {
  return Object.entries(view).sort(([a], [b]) => a.localeCompare(b));
}
