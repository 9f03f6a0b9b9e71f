/** What the window sees of the domain. Types only: main makes these, the renderer reads them. Times in seconds since the epoch. */
import type { Catalog } from '../main/keys/catalog.ts';
import type { Failure } from '../main/keys/errors.ts';
import type { ExposedPermission } from '../main/keys/import-catalog.ts';
import type { VaultKind } from '../main/keys/installation.ts';
import type { Credential, Key, Status } from '../main/keys/key.ts';
import type { OperatorRole } from '../main/keys/operator.ts';
import type { Policy } from '../main/keys/policy.ts';
import type { SigningKey } from '../main/keys/signing-key.ts';

export interface TemplateView {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The slug, title and prefix of a first service made from it. */
  readonly service: { readonly slug: string; readonly title: string; readonly prefix: string };
}

export type AppState =
  | {
      readonly kind: 'first-run';
      readonly folder: string;
      readonly templates: readonly TemplateView[];
      /** Null when the system keychain answers; else why it does not, and a passphrase is asked for. */
      readonly keychain: Failure | null;
    }
  /** The vault needs a passphrase; `failure` says that the last one was wrong. */
  | { readonly kind: 'passphrase'; readonly installation: string; readonly failure: Failure | null }
  /** The lock is on, and nobody's passphrase was given yet; `failure` says what was wrong with the last one. */
  | {
      readonly kind: 'locked';
      readonly installation: string;
      /** By name; what the database says before anything of it can be checked. */
      readonly operators: readonly {
        readonly name: string;
        /** Seconds until the next try, after several wrong passphrases. */
        readonly wait: number;
      }[];
      /** Who worked here last, as long as the app runs. */
      readonly last: string | null;
      readonly failure: Failure | null;
    }
  /** Nothing can be done until what `failure` says is mended. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly folder: string }
  | {
      readonly kind: 'ready';
      readonly installation: {
        readonly id: string;
        readonly name: string;
        readonly folder: string;
        readonly vault: VaultKind;
      };
      readonly operator: { readonly name: string; readonly role: OperatorRole };
      /** Whether operators open the installation with passphrases. */
      readonly lockEnabled: boolean;
      readonly templates: readonly TemplateView[];
      /** The audit log no longer goes through its saved head. */
      readonly logShortened: boolean;
    };

/** What runs here. */
export interface AboutView {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  readonly sqlite: string;
  readonly folder: string;
}

export interface ServiceView {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly format: 'opaque' | 'jwt';
  readonly prefix: string;
  readonly audience: string;
  readonly template: string;
  /** Who manages its keys. */
  readonly managedBy: Policy['managed_by'];
  readonly activeKeys: number;
  readonly tampered: boolean;
}

export interface ServiceDetail extends ServiceView {
  readonly catalog: Catalog;
  readonly policy: Policy;
}

/** A key as the window shows it; the status is the effective one. Times in seconds since the epoch. */
export type KeyView = Omit<Key, 'ref' | 'serviceRef' | 'status'> & {
  readonly status: Status;
  /** When its secret is due for rotation; in the past: overdue. Null where the policy asks for none. */
  readonly rotationDueAt: number | null;
  /** Permissions of a public key that are not, or no longer, public-safe. */
  readonly exposed: readonly string[];
  /** True when the newest bundle of its service does not carry its state yet; false where there is no bundle. */
  readonly unpublished: boolean;
  /** True when the token was signed by a key that is marked as compromised: services refuse it. */
  readonly compromised: boolean;
};

export interface KeyName {
  readonly id: string;
  readonly name: string;
  readonly service: string;
}

/** A signing key without its private half. */
export type SigningKeyView = Pick<
  SigningKey,
  'kid' | 'purpose' | 'alg' | 'state' | 'createdAt' | 'createdBy' | 'rotatedAt' | 'endedAt' | 'tampered'
> & {
  /** Tokens that count and depend on it. */
  readonly live: number;
  /** When the last of them ends, the earliest safe date to retire it; null: some never do, or there is none. */
  readonly lastEnds: number | null;
  /** How many of them never end. */
  readonly endless: number;
};

/** What the banner points out: numbers of keys. */
export interface Attention {
  readonly unsaved: number;
  readonly expiring: number;
  readonly overdue: number;
  readonly exposed: number;
}

/** A catalog that was replaced. */
export interface CatalogChange {
  readonly service: ServiceDetail;
  /** Permissions that public keys hold and that are not public-safe. */
  readonly exposed: readonly ExposedPermission[];
}

export interface KeyRows {
  readonly keys: readonly KeyView[];
}

export type CredentialView = Pick<
  Credential,
  | 'id'
  | 'format'
  | 'hint'
  | 'state'
  | 'issuedAt'
  | 'issuedBy'
  | 'savedAt'
  | 'graceUntil'
  | 'refusedAt'
  | 'refusedReason'
  | 'tampered'
>;

export interface HistoryEntry {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface KeyDetail {
  readonly key: KeyView;
  readonly credentials: readonly CredentialView[];
  /** The newest entries first. */
  readonly history: readonly HistoryEntry[];
}

export interface MatchView {
  readonly match: 'token' | 'id' | 'last-four';
  /** True when what was pasted is the secret itself. */
  readonly proven: boolean;
  readonly key: KeyView;
  /** When the key was removed; null while it is on the list. */
  readonly removedAt: number | null;
  /** The credential the secret belongs to. */
  readonly credential: CredentialView['state'] | null;
  /** For a previous credential: until when it stays valid. */
  readonly graceUntil: number | null;
  /** For a refused credential: since when. */
  readonly refusedAt: number | null;
}

/** A secret that waits in main under a handle. Never carries the secret. */
export interface Reveal {
  readonly handle: string;
  readonly key: KeyView;
  /** What the token looks like: its length and what is not secret of it. */
  readonly length: number;
  readonly cause: 'created' | 'new-secret' | 'rotated' | 'reissued';
  /** For a rotation: until when the old secret stays valid; null: it is refused already. */
  readonly graceUntil: number | null;
  /** When main forgets the secret; milliseconds since the epoch. */
  readonly expiresAt: number;
}
