import type {
  CredentialView,
  HistoryEntry,
  KeyView,
  MatchView,
  ServiceView,
  TemplateView,
} from '../../preload/contract.ts';
import type { AuditEntry } from '../keys/audit.ts';
import type { KeyMatch } from '../keys/find-key.ts';
import type { Seconds } from '../keys/ids.ts';
import { type Credential, type Key, statusAt } from '../keys/key.ts';
import type { Service } from '../keys/service.ts';
import { TEMPLATES } from '../keys/templates.ts';

/** What the window may see of the domain: every member named, so that nothing new crosses by accident. */

export function toKeyView({ ref: _ref, serviceRef: _serviceRef, ...key }: Key, now: Seconds): KeyView {
  return { ...key, status: statusAt(key, now) };
}

export function toCredentialView(credential: Credential): CredentialView {
  const {
    id,
    format,
    hint,
    state,
    issuedAt,
    issuedBy,
    savedAt,
    graceUntil,
    refusedAt,
    refusedReason,
    tampered,
  } = credential;
  return {
    id,
    format,
    hint,
    state,
    issuedAt,
    issuedBy,
    savedAt,
    graceUntil,
    refusedAt,
    refusedReason,
    tampered,
  };
}

export function toServiceView(service: Service, activeKeys: number): ServiceView {
  const { slug, title, description, format, prefix, audience, template, tampered } = service;
  return { slug, title, description, format, prefix, audience, template, activeKeys, tampered };
}

export function toMatchView({ match, proven, subject, credential }: KeyMatch, now: Seconds): MatchView {
  const removed = subject.kind === 'removed';
  return {
    match,
    proven,
    key: toKeyView(removed ? subject.tombstone.key : subject.key, now),
    removedAt: removed ? subject.tombstone.removedAt : null,
    credential: credential?.state ?? null,
  };
}

export function toHistoryEntry({ seq, at, actor, action, before, after }: AuditEntry): HistoryEntry {
  return { seq, at, actor, action, before, after };
}

export const TEMPLATE_VIEWS: readonly TemplateView[] = TEMPLATES.map(({ id, title, summary, service }) => ({
  id,
  title,
  summary,
  service,
}));
