/**
 * THE contract between main process and renderer: every channel with its request schema and its response type.
 * Main parses what arrives with the schemas, the renderer derives its forms and types from them.
 *
 * A new verb is one entry here, one line in `preload/index.ts`, and one handler in `main/desktop/`.
 */
import { z } from 'zod';
import { BULK_ACTIONS, MAX_BULK } from '../main/keys/bulk-actions.ts';
import type { Failure } from '../main/keys/errors.ts';
import { VAULT_KINDS } from '../main/keys/installation.ts';
import { KINDS, STATUSES } from '../main/keys/key.ts';
import { EXPIRY_WINDOWS, type KeyFacets, PAGE_LIMIT, SORT_FIELDS } from '../main/keys/key-query.ts';
import { MANAGERS } from '../main/keys/policy.ts';
import { SIGNING_ALGS, SIGNING_PURPOSES } from '../main/keys/signing-key.ts';
import { type Layout, layoutSchema } from './layout.ts';
import type {
  AppState,
  Attention,
  CatalogChange,
  KeyDetail,
  KeyName,
  KeyRows,
  KeyView,
  MatchView,
  Reveal,
  ServiceDetail,
  ServiceView,
  SigningKeyView,
} from './views.ts';

export { type AllowedIps, isAddress, MAX_ALLOWED_IPS, parseAllowedIps } from '../main/keys/allowed-ips.ts';
export { BULK_ACTIONS, type BulkAction, MAX_BULK } from '../main/keys/bulk-actions.ts';
export type { Catalog } from '../main/keys/catalog.ts';
export {
  assertNever,
  type ErrorCode,
  type Failure as KeysmithFailure,
  type Refusal,
} from '../main/keys/errors.ts';
export {
  addDuration,
  endOfDay,
  formatTime,
  latestExpiry,
  parseDuration,
  resolveExpiry,
} from '../main/keys/expiry.ts';
export type { VaultKind } from '../main/keys/installation.ts';
export type { Kind, RoleGrant, Status } from '../main/keys/key.ts';
export { KINDS, STATUSES } from '../main/keys/key.ts';
export {
  EXPIRY_WINDOWS,
  type ExpiryWindow,
  type KeyFacets,
  SORT_FIELDS,
  type SortField,
} from '../main/keys/key-query.ts';
export { MANAGERS, type Policy } from '../main/keys/policy.ts';
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
export { DEFAULT_LAYOUT, type Layout } from './layout.ts';
export type * from './views.ts';
export type { Failure };

/** What every verb answers. A thrown error is a programmer's mistake; an expected failure comes as `error`. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

/** Longest text that any request may carry, in UTF-16 units; the domain's own limits are tighter. */
const MAX_TEXT = 20_000;
const text = z.string().max(MAX_TEXT);
const keyReference = z.string().min(1).max(300);
const handle = z.string().min(1).max(64);
const kid = z.string().min(1).max(64);

const nothing = z.undefined();

/** Which keys; see `KeyCriteria`. What is absent narrows nothing. */
const keyFilter = z.strictObject({
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

const reason = z.strictObject({ key: keyReference, reason: text.optional() });

/** Addresses as they are typed: a thousand of the longest ranges, and what separates them. */
const allowedIps = z.string().max(100_000);

/** Roles with their accounts: null for a global role, `*` for all accounts. */
const roles = z
  .array(
    z.strictObject({
      role: text,
      accounts: z.union([z.array(text).max(10_000), z.literal('*')]).nullable(),
    }),
  )
  .max(500);

const policyChange = z.strictObject({
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

/** One verb: what it takes and, as a type only, what it answers. */
interface Verb<Request extends z.ZodType, Response> {
  readonly request: Request;
  readonly response: Response;
}

function verb<Response>() {
  return <Request extends z.ZodType>(request: Request): Verb<Request, Response> => ({
    request,
    response: undefined as Response,
  });
}

export const CONTRACT = {
  /** Where the app stands: first run, waiting for a vault, failed, or ready. */
  'app:state': verb<AppState>()(nothing),
  /** Tries again what failed at start. */
  'app:retry': verb<AppState>()(nothing),
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
  'app:unlock': verb<AppState>()(z.strictObject({ passphrase: text.min(1) })),

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
      sort: z.strictObject({ field: z.enum(SORT_FIELDS), descending: z.boolean() }),
      offset: z.int().min(0),
      limit: z
        .int()
        .min(1)
        .max(PAGE_LIMIT.default * 5),
    }),
  ),
  /** How many keys match; asked beside the page, so that no page waits for it. */
  'keys:count': verb<number>()(keyFilter),
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
  /** Several keys, all or none; BULK_REFUSED carries `refusals`. Answers how many were asked for. */
  'keys:bulk': verb<number>()(
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

  /** Every signing key, oldest first. */
  'signing-keys:list': verb<readonly SigningKeyView[]>()(nothing),
  /** The keys whose tokens depend on a signing key: the first thousand. */
  'signing-keys:dependents': verb<readonly KeyName[]>()(z.strictObject({ kid })),
  'signing-keys:rotate': verb<SigningKeyView>()(
    z.strictObject({ purpose: z.enum(SIGNING_PURPOSES), alg: z.enum(SIGNING_ALGS).optional() }),
  ),
  /** Nothing that it signed holds any more; where it was active, a new one takes its place. */
  'signing-keys:compromise': verb<SigningKeyView>()(z.strictObject({ kid, reason: text.optional() })),
  /** Refused with SIGNING_KEY_IN_USE while tokens depend on it. */
  'signing-keys:retire': verb<SigningKeyView>()(z.strictObject({ kid })),
  /** Asks where, and signs every dependent token anew into that file; null when the dialog was cancelled. */
  'signing-keys:reissue': verb<{
    readonly reissued: number;
    readonly skipped: number;
    readonly path: string;
  } | null>()(z.strictObject({ kid })),
  /** The fingerprint of the trust file; makes the first trust key. */
  'signing-keys:trust': verb<{ readonly fingerprint: string }>()(nothing),
  'signing-keys:copy-id': verb<null>()(z.strictObject({ kid })),
  /** Asks where, and writes `trust.json` or `jwks.json`; null when the dialog was cancelled. */
  'signing-keys:save': verb<{ readonly path: string } | null>()(
    z.strictObject({ what: z.enum(['trust', 'jwks']) }),
  ),

  /** How the admin arranged the window; kept between starts. */
  'settings:layout': verb<Layout>()(nothing),
  'settings:keep-layout': verb<null>()(layoutSchema),

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

/** What main tells the window without being asked. */
export interface Events {
  /** Something in the database changed, here or by another process. */
  readonly changed: null;
  /** The clipboard no longer holds a secret of this app. */
  readonly 'clipboard-cleared': null;
  /** A menu item or accelerator. */
  readonly command: MenuCommand;
  /** The window was asked to close while a secret is shown: the renderer asks the admin. */
  readonly 'close-requested': null;
}
export type EventName = keyof Events;
export const EVENT_NAMES = [
  'changed',
  'clipboard-cleared',
  'command',
  'close-requested',
] as const satisfies readonly EventName[];
export type MenuCommand = 'create-key' | 'create-service' | 'search' | 'palette';

/** What the preload puts on `window.keysmith`. */
export interface Api {
  readonly app: {
    readonly state: Invoke<'app:state'>;
    readonly retry: Invoke<'app:retry'>;
    readonly createInstallation: Invoke<'app:create-installation'>;
    readonly unlock: Invoke<'app:unlock'>;
  };
  readonly services: {
    readonly list: Invoke<'services:list'>;
    readonly show: Invoke<'services:show'>;
    readonly create: Invoke<'services:create'>;
    readonly edit: Invoke<'services:edit'>;
    readonly importCatalog: Invoke<'services:import-catalog'>;
  };
  readonly keys: {
    readonly page: Invoke<'keys:page'>;
    readonly count: Invoke<'keys:count'>;
    readonly facets: Invoke<'keys:facets'>;
    readonly attention: Invoke<'keys:attention'>;
    readonly ids: Invoke<'keys:ids'>;
    readonly show: Invoke<'keys:show'>;
    readonly find: Invoke<'keys:find'>;
    readonly create: Invoke<'keys:create'>;
    readonly edit: Invoke<'keys:edit'>;
    readonly rename: Invoke<'keys:rename'>;
    readonly revoke: Invoke<'keys:revoke'>;
    readonly remove: Invoke<'keys:remove'>;
    readonly markSaved: Invoke<'keys:mark-saved'>;
    readonly newSecret: Invoke<'keys:new-secret'>;
    readonly disable: Invoke<'keys:disable'>;
    readonly enable: Invoke<'keys:enable'>;
    readonly rotate: Invoke<'keys:rotate'>;
    readonly reissue: Invoke<'keys:reissue'>;
    readonly endGrace: Invoke<'keys:end-grace'>;
    readonly copyToken: Invoke<'keys:copy-token'>;
    readonly bulk: Invoke<'keys:bulk'>;
    readonly copyId: Invoke<'keys:copy-id'>;
  };
  readonly reveal: {
    readonly show: Invoke<'reveal:show'>;
    readonly copy: Invoke<'reveal:copy'>;
    readonly save: Invoke<'reveal:save'>;
    readonly confirm: Invoke<'reveal:confirm'>;
    readonly discard: Invoke<'reveal:discard'>;
    readonly current: Invoke<'reveal:current'>;
  };
  readonly signingKeys: {
    readonly list: Invoke<'signing-keys:list'>;
    readonly dependents: Invoke<'signing-keys:dependents'>;
    readonly rotate: Invoke<'signing-keys:rotate'>;
    readonly compromise: Invoke<'signing-keys:compromise'>;
    readonly retire: Invoke<'signing-keys:retire'>;
    readonly reissue: Invoke<'signing-keys:reissue'>;
    readonly trust: Invoke<'signing-keys:trust'>;
    readonly copyId: Invoke<'signing-keys:copy-id'>;
    readonly save: Invoke<'signing-keys:save'>;
  };
  readonly settings: {
    readonly layout: Invoke<'settings:layout'>;
    readonly keepLayout: Invoke<'settings:keep-layout'>;
  };
  readonly window: { readonly close: Invoke<'window:close'> };
  /** Calls `listener` at each event; the answer stops it. */
  readonly on: <E extends EventName>(event: E, listener: (payload: Events[E]) => void) => () => void;
}

declare global {
  interface Window {
    readonly keysmith: Api;
  }
}
