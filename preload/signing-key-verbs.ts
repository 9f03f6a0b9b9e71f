/** The part of the contract about the keys that sign tokens, and those that sign what leaves as files. */
import { z } from 'zod';
import { SIGNING_ALGS, SIGNING_PURPOSES } from '../main/keys/signing-key.ts';
import { kid, nothing, text } from './requests.ts';
import { verb } from './verb.ts';
import type { KeyName, SigningKeyView } from './views.ts';

export const SIGNING_KEY_VERBS = {
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
} as const;
