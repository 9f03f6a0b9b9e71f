/** What several requests are made of: the shapes that the contract's schemas share. */
import { z } from 'zod';
import { KINDS, STATUSES } from '../main/keys/key.ts';
import { EXPIRY_WINDOWS, SORT_FIELDS } from '../main/keys/key-query.ts';
import { MANAGERS } from '../main/keys/policy.ts';

/** Longest text that any request may carry, in UTF-16 units; the domain's own limits are tighter. */
const MAX_TEXT = 20_000;
export const text = z.string().max(MAX_TEXT);
export const keyReference = z.string().min(1).max(300);
export const handle = z.string().min(1).max(64);
export const kid = z.string().min(1).max(64);
/** Names a running export; the page chooses it. */
export const exportId = z.string().min(1).max(64);

export const nothing = z.undefined();

/** Which keys; see `KeyCriteria`. What is absent narrows nothing. */
export const keyFilter = z.strictObject({
  /** Slug; absent means all services. */
  service: text.optional(),
  statuses: z.array(z.enum(STATUSES)).max(STATUSES.length).optional(),
  kinds: z.array(z.enum(KINDS)).max(KINDS.length).optional(),
  /** Permission IDs: keys that hold at least one. */
  permissions: z.array(text).max(500).optional(),
  /** Role IDs: keys that hold at least one. */
  roles: z.array(text).max(500).optional(),
  createdBy: z.array(text).max(100).optional(),
  expires: z.enum([...EXPIRY_WINDOWS, 'never']).optional(),
  hasIps: z.boolean().optional(),
  /** An address: only keys that could be used from it. */
  admits: text.optional(),
  /** Only keys whose secret nobody confirmed. */
  unsaved: z.literal(true).optional(),
  /** Only active private keys whose rotation is due. */
  overdue: z.literal(true).optional(),
  /** Only public keys with permissions that are not public-safe. */
  exposed: z.literal(true).optional(),
  /** Words that must all be found. */
  text: text.optional(),
});

export const keySort = z.strictObject({ field: z.enum(SORT_FIELDS), descending: z.boolean() });

export const reason = z.strictObject({ key: keyReference, reason: text.optional() });

/** Addresses as they are typed: a thousand of the longest ranges, and what separates them. */
export const allowedIps = z.string().max(100_000);

/** Roles with their accounts: null for a global role, `*` for all accounts. */
export const roles = z
  .array(
    z.strictObject({
      role: text,
      accounts: z.union([z.array(text).max(10_000), z.literal('*')]).nullable(),
    }),
  )
  .max(500);

export const policyChange = z.strictObject({
  kinds: z.array(z.enum(KINDS)).max(KINDS.length).optional(),
  expiry: z
    .strictObject({
      required: z.boolean().optional(),
      default: text.nullable().optional(),
      max: text.nullable().optional(),
      choices: z.array(text).max(50).optional(),
    })
    .optional(),
  allowed_ips: z.boolean().optional(),
  rotation: text.nullable().optional(),
  renamable: z.boolean().optional(),
  managed_by: z.enum(MANAGERS).optional(),
});
