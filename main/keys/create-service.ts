import { given, KeysmithError } from './errors.ts';
import type { Actor } from './operator.ts';
import type { Ports, Writer } from './ports.ts';
import { defaultPrefix, parseAudience, parsePrefix, parseSlug, type Service } from './service.ts';
import { findTemplate } from './templates.ts';
import { parseDescription, parseTitle } from './text.ts';
import { writeCatalog } from './write-catalog.ts';

export interface CreateServiceRequest {
  readonly service: string;
  readonly template?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly prefix?: string | undefined;
  readonly audience?: string | undefined;
}

/**
 * Makes a service from a template, `blank` unless one is named.
 *
 * @throws SLUG_INVALID, SERVICE_EXISTS, TEMPLATE_UNKNOWN, TITLE_INVALID, DESCRIPTION_INVALID, PREFIX_INVALID,
 *   AUDIENCE_INVALID, STORE_*
 */
export function createService({ store, clock }: Ports, actor: Actor, request: CreateServiceRequest): Service {
  return store.change(actor, clock, (tx, now) => addService(tx, actor, now, request));
}

/** The same inside a transaction that does more, as the first run does. */
export function addService(tx: Writer, actor: Actor, now: number, request: CreateServiceRequest): Service {
  const template = findTemplate(request.template ?? 'blank');
  const slug = parseSlug(request.service);
  if (tx.service(slug)) {
    throw new KeysmithError(
      'SERVICE_EXISTS',
      `The service ${given(slug)} exists already. Choose another name.`,
      { field: 'service' },
    );
  }
  const draft = {
    slug,
    title: parseTitle(request.title ?? (slug === template.service.slug ? template.service.title : slug)),
    description: parseDescription(request.description ?? ''),
    audience: parseAudience(request.audience ?? `urn:keysmith:${slug}`),
    format: template.format,
    prefix: parsePrefix(
      request.prefix ?? (slug === template.service.slug ? template.service.prefix : defaultPrefix(slug)),
    ),
    template: template.id,
    policy: template.policy,
    createdAt: now,
    createdBy: actor.name,
  };
  const { title, description, audience, format, prefix, policy } = draft;
  const stamp = tx.record({
    action: 'service.create',
    subject: { kind: 'service', id: slug },
    before: null,
    after: { title, description, audience, format, prefix, template: template.id, policy },
  });
  const service = tx.addService(draft, stamp);
  writeCatalog(tx, service, template.catalog);
  return service;
}
