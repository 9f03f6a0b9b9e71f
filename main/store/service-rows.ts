import type { Ref, ServiceSlug } from '../keys/ids.ts';
import type { CredentialFormat } from '../keys/key.ts';
import { type Policy, policySchema } from '../keys/policy.ts';
import type { Draft } from '../keys/ports.ts';
import type { CatalogRow, CatalogType, Service } from '../keys/service.ts';
import { findTemplate } from '../keys/templates.ts';
import type { SealedRow } from './connection.ts';
import { parseJson, type Row } from './seals.ts';

export function rowToService(row: SealedRow): Service {
  return {
    ref: row.ref as Ref,
    slug: row.slug as ServiceSlug,
    title: row.title as string,
    description: row.description as string,
    audience: row.audience as string,
    format: row.format as CredentialFormat,
    prefix: row.prefix as string,
    template: row.template as string,
    policy: parsePolicy(row.policy),
    createdAt: row.created_at as number,
    createdBy: row.created_by as string,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

const policies = new Map<string, Policy>();
const MAX_POLICIES = 1000;

/** Read once a text: every key that is read asks for its service's. A policy that was edited by hand may be anything. */
function parsePolicy(json: unknown): Policy {
  const text = String(json);
  const known = policies.get(text);
  if (known) return known;
  const parsed = policySchema.safeParse(parseJson<unknown>(text, {}));
  const policy = parsed.success ? parsed.data : findTemplate('blank').policy;
  if (policies.size >= MAX_POLICIES) policies.clear();
  policies.set(text, policy);
  return policy;
}

export function serviceToRow(service: Draft<Service>, ref: Ref): Row {
  return {
    ref,
    slug: service.slug,
    title: service.title,
    description: service.description,
    audience: service.audience,
    format: service.format,
    prefix: service.prefix,
    template: service.template,
    policy: JSON.stringify(service.policy),
    created_at: service.createdAt,
    created_by: service.createdBy,
  };
}

export function rowToCatalogRow(row: SealedRow): CatalogRow {
  return {
    ref: row.ref as Ref,
    serviceRef: row.service_ref as Ref,
    type: row.type as CatalogType,
    id: row.id as string,
    title: row.title as string,
    description: row.description as string,
    publicSafe: row.public_safe === 1,
    scoped: row.scoped === 1,
    position: row.position as number,
    bit: row.bit as number | null,
    removed: row.removed === 1,
    auditSeq: row.audit_seq as number,
    tampered: row.tampered,
  };
}

export function catalogRowToRow(entry: Draft<CatalogRow>, ref: Ref): Row {
  return {
    ref,
    service_ref: entry.serviceRef,
    type: entry.type,
    id: entry.id,
    title: entry.title,
    description: entry.description,
    public_safe: entry.publicSafe ? 1 : 0,
    scoped: entry.scoped ? 1 : 0,
    position: entry.position,
    bit: entry.bit,
    removed: entry.removed ? 1 : 0,
  };
}
