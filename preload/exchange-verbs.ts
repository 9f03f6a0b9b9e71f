/** The part of the contract about what leaves as files: inventories, bundles, and the bench that asks a bundle. */
import { z } from 'zod';
import { MAX_BULK } from '../main/keys/bulk-actions.ts';
import { INVENTORY_FORMATS, KEY_FIELDS } from '../main/keys/key-json.ts';
import type {
  BenchBundle,
  BundleList,
  BundleWarning,
  CreatedBackupView,
  Exported,
  ExportedBundleView,
  LastBackup,
  VerdictView,
} from './exchange-views.ts';
import { exportId, keyFilter, keyReference, keySort, nothing, text } from './requests.ts';
import { verb } from './verb.ts';

export const EXCHANGE_VERBS = {
  /**
   * Asks where, and writes an inventory there; null when the dialog was cancelled. Tells `export-progress` meanwhile,
   * and is refused with CANCELLED when `exports:cancel` came.
   */
  'exports:inventory': verb<Exported | null>()(
    z.strictObject({
      id: exportId,
      keys: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('matching'), filter: keyFilter, sort: keySort }),
        z.strictObject({ kind: z.literal('picked'), ids: z.array(keyReference).min(1).max(MAX_BULK) }),
      ]),
      /** List removed keys as well, after the others. */
      removed: z.boolean(),
      format: z.enum(INVENTORY_FORMATS),
      columns: z.array(z.enum(KEY_FIELDS)).min(1).max(KEY_FIELDS.length),
      /** Start a CSV with a byte order mark. */
      bom: z.boolean(),
      /** Put a signature beside it, in a file of that name and `.jws`. */
      sign: z.boolean(),
    }),
  ),
  /** Asks where, and writes the next bundle of a service there; as `exports:inventory`. */
  'exports:bundle': verb<ExportedBundleView | null>()(
    z.strictObject({
      id: exportId,
      service: text,
      as: z.enum(['folder', 'zip']),
      /** A duration; absent: 30 days. */
      validFor: text.optional(),
    }),
  ),
  'exports:cancel': verb<null>()(z.strictObject({ id: exportId })),
  /** Shows in the system's file manager what was exported since the app was started. */
  'exports:show': verb<null>()(z.strictObject({ path: text })),

  /** The bundles of a service, the newest first, and what the newest does not carry. */
  'bundles:list': verb<BundleList>()(z.strictObject({ service: text })),
  /** Services whose newest bundle lacks something or is about to end. */
  'bundles:warnings': verb<readonly BundleWarning[]>()(nothing),

  /** When the last backup was made, and whether it is time for another. */
  'backups:last': verb<LastBackup>()(nothing),
  /** Asks where, and writes a backup there under a passphrase of its own; as `exports:inventory`. */
  'backups:create': verb<CreatedBackupView | null>()(
    z.strictObject({ id: exportId, passphrase: text.min(1) }),
  ),
  /**
   * Asks which, and puts a backup in the place of this installation, or where there is none yet; null when the dialog
   * was cancelled. Main says what came of it, and loads the page anew.
   */
  'backups:restore': verb<true | null>()(
    z.strictObject({
      id: exportId,
      passphrase: text.min(1),
      /** Asks for the newest bundles as well. */
      bundles: z.boolean().optional(),
    }),
  ),

  /**
   * Opens a bundle for the bench: the latest that was exported from here, or one that is picked in a dialog; null when
   * there is none, or the dialog was cancelled. Refused with a BUNDLE_* code as a service would.
   */
  'bench:open': verb<BenchBundle | null>()(
    z.strictObject({ from: z.enum(['latest', 'folder', 'zip']), service: text.optional() }),
  ),
  /** What a service with the open bundle says of a token. */
  'bench:ask': verb<VerdictView>()(
    z
      .strictObject({
        token: text.min(1),
        /** Seconds since the epoch; absent: now. */
        at: z.int().min(0).max(253_402_300_799).optional(),
        ip: text.optional(),
        permission: text.optional(),
        role: text.optional(),
        account: text.optional(),
        acceptNewer: z.boolean().optional(),
      })
      .refine(({ role, account }) => account === undefined || role !== undefined, {
        path: ['account'],
        message: 'an account is asked together with a role',
      }),
  ),
} as const;
