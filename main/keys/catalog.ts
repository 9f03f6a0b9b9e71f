import { z } from 'zod';
import { LIMITS } from './text.ts';

/** Permission, role and account IDs. */
export const GRANT_ID = /^[A-Za-z0-9._:/-]{1,64}$/;
/** Entries of one list of a catalog. */
export const MAX_ENTRIES = 10_000;

const entry = {
  id: z.string().regex(GRANT_ID, 'must be 1 to 64 characters of A-Z, a-z, 0-9 and . _ : / -'),
  title: z.string().trim().min(1, 'must not be empty').max(LIMITS.title),
  description: z.string().max(LIMITS.description).default(''),
};

const permissionSchema = z.strictObject({ ...entry, public_safe: z.boolean().default(false) });
const roleSchema = z.strictObject({ ...entry, scoped: z.boolean().default(false) });
export const accountSchema = z.strictObject(entry);

function listOf<T extends z.ZodType<{ id: string }>>(schema: T) {
  return z
    .array(schema)
    .max(MAX_ENTRIES)
    .superRefine((entries, context) => {
      const seen = new Set<string>();
      entries.forEach((item, index) => {
        if (seen.has(item.id))
          context.addIssue({ code: 'custom', path: [index, 'id'], message: 'is there twice' });
        seen.add(item.id);
      });
    })
    .default([]);
}

/** What a service's keys can be granted, in the JSON form that `service show` and `service import` share. */
export const catalogSchema = z.strictObject({
  permissions: listOf(permissionSchema),
  roles: listOf(roleSchema),
  accounts: listOf(accountSchema),
});

type PermissionEntry = Readonly<z.infer<typeof permissionSchema>>;
type RoleEntry = Readonly<z.infer<typeof roleSchema>>;
export type AccountEntry = Readonly<z.infer<typeof accountSchema>>;
export interface Catalog {
  readonly permissions: readonly PermissionEntry[];
  readonly roles: readonly RoleEntry[];
  readonly accounts: readonly AccountEntry[];
}

export const EMPTY_CATALOG: Catalog = { permissions: [], roles: [], accounts: [] };
