import { z } from 'zod';
import type { JsonObject } from './audit.ts';

/** Where the bundles of a service go on after a restore: as the audit entry of the restore keeps it. */
export interface RestoredBundle {
  /** The number that the next bundle follows. */
  readonly sequence: number;
  /** SHA-256 of that bundle's manifest.json in hex; null: it is not known, and the number lies far behind all known. */
  readonly manifestSha256: string | null;
  /** The entry of the restored log up to which that bundle knows what happened. */
  readonly headSeq: number;
  /** Whether whoever took that bundle believes the trust key that signs now. */
  readonly told: boolean;
}

const schema = z.record(
  z.string(),
  z.object({
    sequence: z.int().nonnegative(),
    manifest_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    head_seq: z.int().nonnegative(),
    told: z.boolean(),
  }),
);

export function restoredBundlesToJson(bundles: ReadonlyMap<string, RestoredBundle>): JsonObject {
  return Object.fromEntries(
    [...bundles].map(([slug, { sequence, manifestSha256, headSeq, told }]) => [
      slug,
      { sequence, manifest_sha256: manifestSha256, head_seq: headSeq, told },
    ]),
  );
}

/** By slug. An entry that was edited by hand may hold anything: then it says nothing. */
export function parseRestoredBundles(json: unknown): Readonly<Record<string, RestoredBundle>> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.data).map(([slug, { sequence, manifest_sha256, head_seq, told }]) => [
      slug,
      { sequence, manifestSha256: manifest_sha256, headSeq: head_seq, told },
    ]),
  );
}
