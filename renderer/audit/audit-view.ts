import type { AuditAction, Request } from '../../preload/contract.ts';

/** What the log is narrowed by. */
export interface AuditView {
  readonly action: AuditAction | null;
  /** An operator's name. */
  readonly actor: string | null;
  /** A key's ID, or words of an entry; never a token. */
  readonly text: string;
  /** Days by this machine's calendar, both included: `YYYY-MM-DD`. */
  readonly since: string | null;
  readonly until: string | null;
}

export const WHOLE_LOG: AuditView = { action: null, actor: null, text: '', since: null, until: null };

export type AuditFilter = Omit<Request<'audit:page'>, 'before' | 'limit'>;

/** The view as main is asked for it. */
export function toAuditFilter({ action, actor, text, since, until }: AuditView): AuditFilter {
  const words = text.trim();
  return {
    ...(action !== null && { action }),
    ...(actor !== null && { actor }),
    ...(words !== '' && { text: words }),
    ...(since !== null && { since: startOf(since) }),
    ...(until !== null && { until: startOf(until, 1) - 1 }),
  };
}

export function isWholeLog(view: AuditView): boolean {
  return Object.keys(toAuditFilter(view)).length === 0;
}

/** The first second of a day, or of one so many days later: a day may have 23 or 25 hours. */
function startOf(day: string, later = 0): number {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return Math.floor(date.getTime() / 1000);
}
