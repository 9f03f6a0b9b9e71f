import { z } from 'zod';
import { parseDuration } from './expiry.ts';
import { KINDS } from './key.ts';

/** The lowest operator's roles that a policy may name. */
export const MANAGERS = ['manager', 'admin'] as const;

const duration = z.string().refine(text => parseDuration(text) !== undefined, {
  message: 'must be a duration such as P6M, P1Y or 90d',
});

/**
 * The rules a service's keys obey, in the JSON form that `service show`, `service import` and the store share.
 * `expiry.choices` are offered in this order; `never` is offered where nothing forbids it.
 */
export const policySchema = z.strictObject({
  kinds: z.array(z.enum(KINDS)).min(1, 'must allow at least one kind'),
  expiry: z
    .strictObject({
      required: z.boolean(),
      default: duration.nullable(),
      max: duration.nullable(),
      choices: z.array(duration).max(12, 'may hold at most 12 choices'),
    })
    .readonly(),
  /** Whether keys may be bound to addresses. */
  allowed_ips: z.boolean(),
  /** After how long a private key's secret is due for rotation; null: never. */
  rotation: duration.nullable(),
  renamable: z.boolean(),
  /** The lowest operator's role that may manage keys. */
  managed_by: z.enum(MANAGERS),
});

export type Policy = Readonly<z.infer<typeof policySchema>>;
