import { difference, type JsonObject } from './audit.ts';
import { KeysmithError } from './errors.ts';
import { addDuration, parseDuration } from './expiry.ts';
import { requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import { type Policy, policySchema } from './policy.ts';
import type { Ports } from './ports.ts';
import { parseAudience, parsePrefix, type Service } from './service.ts';
import { parseDescription, parseTitle } from './text.ts';

export interface EditServiceRequest {
  readonly service: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly audience?: string | undefined;
  /** For tokens issued from now on; those handed out keep theirs. */
  readonly prefix?: string | undefined;
  /** Only the rules that change. */
  readonly policy?: PolicyChange | undefined;
}

type PolicyChange = {
  readonly [Rule in Exclude<keyof Policy, 'expiry'>]?: Policy[Rule] | undefined;
} & {
  readonly expiry?:
    | { readonly [Rule in keyof Policy['expiry']]?: Policy['expiry'][Rule] | undefined }
    | undefined;
};

/**
 * Changes what is given of a service and its policy. Keys that exist keep what they have; the policy holds for
 * what is issued, extended or changed from now on.
 *
 * @throws SERVICE_NOT_FOUND, TITLE_INVALID, DESCRIPTION_INVALID, AUDIENCE_INVALID, PREFIX_INVALID,
 *   POLICY_INVALID, STORE_*
 */
export function editService({ store, clock }: Ports, actor: Actor, request: EditServiceRequest): Service {
  return store.change(actor, clock, (tx, now) => {
    const before = requireService(tx, request.service);
    const after: Service = {
      ...before,
      title: request.title === undefined ? before.title : parseTitle(request.title),
      description:
        request.description === undefined ? before.description : parseDescription(request.description),
      audience: request.audience === undefined ? before.audience : parseAudience(request.audience),
      prefix: request.prefix === undefined ? before.prefix : parsePrefix(request.prefix),
      policy: request.policy === undefined ? before.policy : changePolicy(before.policy, request.policy, now),
    };
    const changed = difference(toRecord(before), toRecord(after));
    if (!changed) return before;
    tx.updateService(
      after,
      tx.record({
        action: 'service.edit',
        subject: { kind: 'service', id: before.slug, ref: before.ref },
        ...changed,
      }),
    );
    return requireService(tx, before.slug);
  });
}

function toRecord({ title, description, audience, prefix, policy }: Service): JsonObject {
  return { title, description, audience, prefix, policy };
}

function changePolicy(before: Policy, change: PolicyChange, now: number): Policy {
  const given = <T extends object>(part: T) =>
    Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
  const { expiry, ...rules } = change;
  const parsed = policySchema.safeParse({
    ...before,
    ...given(rules),
    expiry: { ...before.expiry, ...given(expiry ?? {}) },
  });
  const refuse = (field: string, why: string): never => {
    throw new KeysmithError('POLICY_INVALID', `The policy is not possible: ${field} ${why}.`, { field });
  };
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse(issue?.path.join('.') ?? 'policy', issue?.message ?? 'is wrong');
  }
  const policy = parsed.data;
  const reach = (text: string | null) => {
    const duration = text === null ? undefined : parseDuration(text);
    return duration === undefined ? Infinity : addDuration(now, duration);
  };
  const max = reach(policy.expiry.max);
  if (policy.expiry.default !== null && reach(policy.expiry.default) > max)
    refuse('expiry.default', `${policy.expiry.default} is longer than the maximum ${policy.expiry.max}`);
  const tooLong = policy.expiry.choices.find(choice => reach(choice) > max);
  if (tooLong !== undefined)
    refuse('expiry.choices', `has ${tooLong}, which is longer than the maximum ${policy.expiry.max}`);
  return policy;
}
