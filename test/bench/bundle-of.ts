import { join } from 'node:path';
import { type BenchContext, requireRight } from './benchmark.ts';
import type { BundleOutput } from './children/export-bundle.ts';
import { IMPORTED, type ImportedKind } from './imported-keys.ts';
import { runChild } from './run-child.ts';

export interface ExportedFor {
  readonly bundle: string;
  readonly trust: string;
  readonly ms: number;
  /** The most memory that it took, in bytes. */
  readonly peak: number;
}

/**
 * Exports the bundle of a data set that was imported.
 *
 * @param expected how many keys it has
 * @throws WrongWork when another number of them is valid
 */
export async function exportBundleOf(
  kind: ImportedKind,
  { data, folder }: Pick<BenchContext, 'data' | 'folder'>,
  expected: number,
): Promise<ExportedFor> {
  const [bundle, trust] = [join(folder, 'bundle'), join(folder, 'trust.json')];
  const { out, peak } = await runChild<BundleOutput>('export-bundle', {
    folder: (await data.imported(kind)).folder,
    service: IMPORTED[kind].service,
    out: bundle,
    trust,
  });
  const { valid, tampered } = out.counts;
  requireRight(
    valid === expected && tampered === 0,
    `the bundle counted ${valid} valid keys and ${tampered} tampered ones, not ${expected} valid ones`,
  );
  return { bundle, trust, ms: out.ms, peak };
}
