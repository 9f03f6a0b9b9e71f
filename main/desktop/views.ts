import type {
  CredentialView,
  HistoryEntry,
  KeyView,
  MatchView,
  ServiceView,
  TemplateView,
} from '../../preload/contract.ts';
import type { AuditEntry } from '../keys/audit.ts';
import { credentialNow } from '../keys/credential-now.ts';
import type { KeyMatch } from '../keys/find-key.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Credential, Key } from '../keys/key.ts';
import type { Reader } from '../keys/ports.ts';
import type { Service } from '../keys/service.ts';
import { TEMPLATES } from '../keys/templates.ts';

/** What the window may see of the domain: every member named, so that nothing new crosses by accident. */

export function toCredentialView(reader: Reader, stored: Credential, now: Seconds): CredentialView {
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
  } = credentialNow(reader, stored, now);
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
  const { slug, title, description, format, prefix, audience, template, policy, tampered } = service;
  const managedBy = policy.managed_by;
  return { slug, title, description, format, prefix, audience, template, managedBy, activeKeys, tampered };
}

export function toMatchView(
  reader: Reader,
  { match, proven, subject, credential }: KeyMatch,
  view: (key: Key) => KeyView,
  now: Seconds,
): MatchView {
  const removed = subject.kind === 'removed';
  const found = credential && credentialNow(reader, credential, now);
  return {
    match,
    proven,
    key: view(removed ? subject.tombstone.key : subject.key),
    removedAt: removed ? subject.tombstone.removedAt : null,
    credential: found?.state ?? null,
    graceUntil: found?.graceUntil ?? null,
    refusedAt: found?.refusedAt ?? null,
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
