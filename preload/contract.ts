/**
 * THE contract between main process and renderer: every channel with its request schema and its response type.
 * Main parses what arrives with the schemas, the renderer derives its forms and types from them.
 *
 * A new verb is one entry here, its line in `api.ts` and `index.ts`, and one handler in `main/desktop/`.
 */
import { z } from 'zod';
import { BULK_ACTIONS, MAX_BULK } from '../main/keys/bulk-actions.ts';
import type { BulkResult } from '../main/keys/bulk-change.ts';
import type { Failure } from '../main/keys/errors.ts';
import { VAULT_KINDS } from '../main/keys/installation.ts';
import { KINDS } from '../main/keys/key.ts';
import { type KeyCount, type KeyFacets, PAGE_LIMIT } from '../main/keys/key-query.ts';
import { AUDIT_VERBS } from './audit-verbs.ts';
import { EXCHANGE_VERBS } from './exchange-verbs.ts';
import { IMPORT_VERBS } from './import-verbs.ts';
import { OPERATOR_VERBS } from './operator-verbs.ts';
import {
  allowedIps,
  handle,
  keyFilter,
  keyReference,
  keySort,
  nothing,
  policyChange,
  reason,
  roles,
  text,
} from './requests.ts';
import { SETTINGS_VERBS } from './settings-verbs.ts';
import { SIGNING_KEY_VERBS } from './signing-key-verbs.ts';
import { verb } from './verb.ts';
import type {
  AboutView,
  AppState,
  Attention,
  CatalogChange,
  KeyDetail,
  KeyRows,
  KeyView,
  MatchView,
  Reveal,
  ServiceDetail,
  ServiceView,
} from './views.ts';

export { type AllowedIps, isAddress, MAX_ALLOWED_IPS, parseAllowedIps } from '../main/keys/allowed-ips.ts';
export { AUDIT_ACTIONS, type AuditAction, type SubjectKind } from '../main/keys/audit.ts';
export { type BulkAction, MAX_BULK } from '../main/keys/bulk-actions.ts';
export { BUNDLE_ENDING, BUNDLE_VALIDITY, resolveValidity } from '../main/keys/bundle-validity.ts';
export { type Catalog, GRANT_ID } from '../main/keys/catalog.ts';
export type { KeyDraft } from '../main/keys/draft-key.ts';
export {
  assertNever,
  type ErrorCode,
  type Refusal,
} from '../main/keys/errors.ts';
export {
  addDuration,
  latestExpiry,
  parseDuration,
  resolveExpiry,
} from '../main/keys/expiry.ts';
export type { VaultKind } from '../main/keys/installation.ts';
export type { Kind, RoleGrant, Status } from '../main/keys/key.ts';
export { KINDS, STATUSES } from '../main/keys/key.ts';
export { INVENTORY_FORMATS, type InventoryFormat, KEY_FIELDS, type KeyField } from '../main/keys/key-json.ts';
export {
  EXPIRY_WINDOWS,
  type ExpiryWindow,
  type KeyCount,
  type KeyFacets,
  SORT_FIELDS,
  type SortField,
} from '../main/keys/key-query.ts';
export { OPERATOR_ROLES, type OperatorRole } from '../main/keys/operator.ts';
export { MANAGERS, type Policy } from '../main/keys/policy.ts';
export { hasRight, mayManageKeys } from '../main/keys/rights.ts';
export { rolesText } from '../main/keys/roles.ts';
export { GRACE, resolveGrace } from '../main/keys/rotation.ts';
export { defaultPrefix, parseAudience, parsePrefix, parseSlug } from '../main/keys/service.ts';
export {
  DEFAULT_ALG,
  SIGNING_ALGS,
  SIGNING_PURPOSES,
  type SigningAlg,
  type SigningPurpose,
} from '../main/keys/signing-key.ts';
export {
  LIMITS,
  parseDescription,
  parseInstallationName,
  parseName,
  parseOwner,
  parseReason,
  parseTitle,
} from '../main/keys/text.ts';
export { ID_IN_TEXT, LAST_FOUR } from '../main/keys/token-patterns.ts';
export type * from './audit-views.ts';
export type * from './events.ts';
export type * from './exchange-views.ts';
export type * from './import-views.ts';
export { DEFAULT_LAYOUT, type Layout, MAX_RECENT } from './layout.ts';
export type * from './operator-views.ts';
export {
  DATE_STYLES,
  DEFAULT_PREFERENCES,
  EXPIRY_WARNINGS,
  type NumberPreference,
  PREFERENCE_LIMITS,
  type PreferenceChange,
  type Preferences,
  THEMES,
} from './preferences.ts';
export type { SettingsNotice, UnusableSettings } from './settings-verbs.ts';
export type * from './views.ts';
export type { Failure };

/** What every verb answers. A thrown error is a programmer's mistake; an expected failure comes as `error`. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export const CONTRACT = {
  /** Where the app stands: first run, waiting for a vault, failed, or ready. */
  'app:state': verb<AppState>()(nothing),
  /** Tries again what failed at start. */
  'app:retry': verb<AppState>()(nothing),
  'app:about': verb<AboutView>()(nothing),
  /** Opens the licences of what Keysmith is made of, in the system's own viewer. */
  'app:licences': verb<null>()(nothing),
  'app:create-installation': verb<AppState>()(
    z.strictObject({
      name: text.optional(),
      template: text,
      vault: z.enum(VAULT_KINDS),
      passphrase: text.min(1).optional(),
      service: z
        .strictObject({ slug: text.optional(), title: text.optional(), prefix: text.optional() })
        .optional(),
    }),
  ),
  /** With the passphrase of the vault, or of an operator where the lock is on. */
  'app:unlock': verb<AppState>()(z.strictObject({ passphrase: text.min(1), operator: text.optional() })),

  'services:list': verb<readonly ServiceView[]>()(nothing),
  'services:show': verb<ServiceDetail>()(z.strictObject({ service: text })),
  'services:create': verb<ServiceView>()(
    z.strictObject({
      service: text,
      template: text,
      title: text.optional(),
      description: text.optional(),
      prefix: text.optional(),
      audience: text.optional(),
    }),
  ),

  /** Changes what is given; keys that exist keep what they have. */
  'services:edit': verb<ServiceDetail>()(
    z.strictObject({
      service: text,
      title: text.optional(),
      description: text.optional(),
      audience: text.optional(),
      prefix: text.optional(),
      policy: policyChange.optional(),
    }),
  ),
  /**
   * Replaces the catalog by the one of a JSON text, `{"permissions":[…],"roles":[…],"accounts":[…]}`.
   * CATALOG_INVALID names every mistake with its path; CATALOG_IN_USE says how many keys hold what would go, unless
   * `force` is given.
   */
  'services:import-catalog': verb<CatalogChange>()(
    z.strictObject({ service: text, catalog: z.string().max(5_000_000), force: z.boolean().optional() }),
  ),

  /** A page of keys by its place in the sorted list. */
  'keys:page': verb<KeyRows>()(
    keyFilter.extend({
      sort: keySort,
      offset: z.int().min(0),
      limit: z
        .int()
        .min(1)
        .max(PAGE_LIMIT.default * 5),
    }),
  ),
  /** How many keys match; asked beside the page, so that no page waits for it. */
  'keys:count': verb<KeyCount>()(keyFilter),
  /** Counts beside each choice of the filter panel. */
  'keys:facets': verb<KeyFacets>()(keyFilter),
  /** What the banner points out, over all services. */
  'keys:attention': verb<Attention>()(nothing),
  /** The IDs of all keys that match, for *Select all*; refused with QUERY_INVALID when they are more than MAX_BULK. */
  'keys:ids': verb<readonly string[]>()(keyFilter),
  'keys:show': verb<KeyDetail>()(z.strictObject({ key: keyReference })),
  /** Identifies what is pasted into the search: a token, a fragment with a key ID, or the last four. */
  'keys:find': verb<readonly MatchView[]>()(z.strictObject({ text: text.min(1) })),
  'keys:create': verb<Reveal>()(
    z.strictObject({
      service: text,
      name: text,
      description: text.optional(),
      owner: text.optional(),
      kind: z.enum(KINDS).optional(),
      permissions: z.array(text).max(10_000).optional(),
      roles: roles.optional(),
      /** Put accounts that the roles name into the catalog where it does not have them. */
      addAccounts: z.boolean().optional(),
      allowedIps: allowedIps.optional(),
      expires: text.optional(),
    }),
  ),
  'keys:edit': verb<KeyView>()(
    z.strictObject({
      key: keyReference,
      description: text.optional(),
      owner: text.optional(),
      permissions: z.array(text).max(10_000).optional(),
      roles: roles.optional(),
      addAccounts: z.boolean().optional(),
      /** The whole new list; empty: every address. */
      allowedIps: allowedIps.optional(),
      expires: text.optional(),
      /** `auditSeq` of the key that the form started from: refused with KEY_CHANGED when it changed since. */
      since: z.int().optional(),
    }),
  ),
  'keys:rename': verb<KeyView>()(z.strictObject({ key: keyReference, name: text })),
  'keys:revoke': verb<KeyView>()(reason),
  'keys:remove': verb<null>()(reason),
  /** Marks as saved without a reveal: the admin has it from elsewhere. */
  'keys:mark-saved': verb<KeyView>()(z.strictObject({ key: keyReference })),
  /** Replaces a secret that was never confirmed; the old one is refused. */
  'keys:new-secret': verb<Reveal>()(z.strictObject({ key: keyReference })),
  'keys:disable': verb<KeyView>()(z.strictObject({ key: keyReference })),
  /** Makes a disabled or expired key work again; refused with KEY_EXPIRED while it needs a new expiry. */
  'keys:enable': verb<KeyView>()(z.strictObject({ key: keyReference, expires: text.optional() })),
  /** A new secret; the old one stays valid for a grace period: a duration, `none`, or absent for the default. */
  'keys:rotate': verb<Reveal>()(z.strictObject({ key: keyReference, grace: text.optional() })),
  /** Signs a key's token anew, so that it says what the key is now; the old one is refused. */
  'keys:reissue': verb<Reveal>()(z.strictObject({ key: keyReference })),
  /** Refuses the previous secret before its grace period is over. */
  'keys:end-grace': verb<KeyView>()(z.strictObject({ key: keyReference })),
  /** Copies the token of a public key in main, and answers when the clipboard will be cleared. */
  'keys:copy-token': verb<{ readonly clearsAt: number }>()(z.strictObject({ key: keyReference })),
  /** Several keys, all or none; BULK_REFUSED carries `refusals`. */
  'keys:bulk': verb<BulkResult>()(
    z.strictObject({
      action: z.enum(BULK_ACTIONS),
      keys: z.array(keyReference).min(1).max(MAX_BULK),
      reason: text.optional(),
      expires: text.optional(),
    }),
  ),
  'keys:copy-id': verb<null>()(z.strictObject({ key: keyReference })),

  /** The secret itself, for the window that was given the handle, when *Show* is pressed. */
  'reveal:show': verb<{ readonly token: string }>()(z.strictObject({ handle })),
  /** Copies in main. Answers when the clipboard will be cleared (milliseconds since the epoch), or null for what is no secret. */
  'reveal:copy': verb<{ readonly clearsAt: number | null }>()(
    z.strictObject({ handle, what: z.enum(['token', 'key-id', 'name']) }),
  ),
  /** Asks where, writes the secret there; null when the dialog was cancelled. */
  'reveal:save': verb<{ readonly path: string } | null>()(z.strictObject({ handle })),
  /** *I have saved this key*: marks it as saved and forgets the secret. */
  'reveal:confirm': verb<KeyView>()(z.strictObject({ handle })),
  /** Closes without confirming: the key stays marked *not saved*, the secret is forgotten. */
  'reveal:discard': verb<null>()(z.strictObject({ handle })),
  /** The reveal that is open, after the page was loaded anew; null when there is none. */
  'reveal:current': verb<Reveal | null>()(nothing),

  ...SIGNING_KEY_VERBS,
  ...EXCHANGE_VERBS,
  ...IMPORT_VERBS,
  ...AUDIT_VERBS,
  ...OPERATOR_VERBS,
  ...SETTINGS_VERBS,

  /** Closes the window for good, after the admin was asked. */
  'window:close': verb<null>()(nothing),
} as const;

export type Channel = keyof typeof CONTRACT;
export type Request<C extends Channel> = z.input<(typeof CONTRACT)[C]['request']>;
export type ParsedRequest<C extends Channel> = z.output<(typeof CONTRACT)[C]['request']>;
export type Response<C extends Channel> = (typeof CONTRACT)[C]['response'];
export type Invoke<C extends Channel> = (
  ...request: undefined extends Request<C> ? [] : [request: Request<C>]
) => Promise<Result<Response<C>>>;
