import type { Database } from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';
import { up as foundation } from './migrations/0001-foundation.ts';
import { up as listIndexes } from './migrations/0002-list-indexes.ts';
import { up as expiryCounters } from './migrations/0003-expiry-counters.ts';
import { up as keyImport } from './migrations/0004-key-import.ts';
import { up as logOfBundles } from './migrations/0005-log-of-bundles.ts';

/** One step of the schema; its version is its place in the list, starting at 1. */
export interface Migration {
  readonly subject: string;
  /** @param onPart told how many parts of the step are done, where it has several that take their time */
  readonly up: (db: Database, onPart: (done: number, total: number) => void) => void;
}

export const MIGRATIONS: readonly Migration[] = [
  { subject: 'foundation', up: foundation },
  { subject: 'list-indexes', up: listIndexes },
  { subject: 'expiry-counters', up: expiryCounters },
  { subject: 'key-import', up: keyImport },
  { subject: 'log-of-bundles', up: logOfBundles },
];

/** How far the steps are: `step` of `steps` is under way, and so many of its parts are done. */
export interface StepProgress {
  readonly step: number;
  readonly steps: number;
  readonly subject: string;
  readonly done: number;
  readonly total: number;
}

export interface MigrateOptions {
  readonly migrations?: readonly Migration[];
  readonly onStep?: ((progress: StepProgress) => void) | undefined;
}

/**
 * Brings a database to the newest schema, in one transaction: all steps are there or none. It keeps no copy: what is in
 * use goes by `bringUpToDate`.
 *
 * @throws STORE_NEWER when the database was written by a newer Keysmith
 */
export function migrate(db: Database, { migrations = MIGRATIONS, onStep }: MigrateOptions = {}): void {
  const found = knownVersion(db, migrations);
  if (found === migrations.length) return;
  db.transaction(() => takeSteps(db, found, migrations, onStep)).immediate();
}

/** Takes the steps that a database lacks, in the transaction that is open. */
export function takeSteps(
  db: Database,
  found: number,
  migrations: readonly Migration[],
  onStep: (progress: StepProgress) => void = () => undefined,
): void {
  const missing = migrations.slice(found);
  for (const [index, { subject, up }] of missing.entries()) {
    const tell = (done: number, total: number) =>
      onStep({ step: index + 1, steps: missing.length, subject, done, total });
    tell(0, 1);
    up(db, tell);
  }
  db.pragma(`user_version = ${migrations.length}`);
}

/** The schema that a database has. @throws STORE_NEWER */
export function knownVersion(db: Database, migrations: readonly Migration[] = MIGRATIONS): number {
  const found = db.pragma('user_version', { simple: true }) as number;
  if (found <= migrations.length) return found;
  throw new KeysmithError(
    'STORE_NEWER',
    `The database ${db.name} was written by a newer Keysmith (schema ${found}; this one knows up to ${migrations.length}). It was left as it is; install the newer version.`,
  );
}
