/** The part of the contract about the audit log. */
import { z } from 'zod';
import { AUDIT_ACTIONS } from '../main/keys/audit.ts';
import type { AuditOverview, AuditReportView, AuditRows, ExportedAuditView } from './audit-views.ts';
import { exportId, nothing, text } from './requests.ts';
import { verb } from './verb.ts';

/** Longest page of entries. */
const MAX_ROWS = 500;

export const AUDIT_VERBS = {
  /** How long the log is, and what it can be narrowed by. */
  'audit:overview': verb<AuditOverview>()(nothing),
  /**
   * Entries older than `before` that match. Fewer than `limit`, or none, where it takes another look: `next` says from
   * where.
   */
  'audit:page': verb<AuditRows>()(
    z.strictObject({
      action: z.enum(AUDIT_ACTIONS).optional(),
      actor: text.optional(),
      /** Both included, in seconds since the epoch. */
      since: z.int().optional(),
      until: z.int().optional(),
      /** A key's ID, or what is found in the subject, before or after. */
      text: text.min(1).optional(),
      before: z.int().min(1).optional(),
      limit: z.int().min(1).max(MAX_ROWS),
    }),
  ),
  /**
   * Checks the log and everything under a seal. Tells `export-progress` in rows meanwhile, and is refused with
   * CANCELLED when `exports:cancel` came.
   */
  'audit:verify': verb<AuditReportView>()(z.strictObject({ id: exportId })),
  /** Asks where, and writes the log there; null when the dialog was cancelled. As `exports:inventory`. */
  'audit:export': verb<ExportedAuditView | null>()(
    z.strictObject({
      id: exportId,
      /** Put a signature beside it, in a file of that name and `.jws`. */
      sign: z.boolean(),
    }),
  ),
} as const;
