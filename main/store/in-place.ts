import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { KeysmithError } from '../keys/errors.ts';

/** Whether the files that a connection holds open are still the ones that stand in their place. */
export interface InPlace {
  /** Asked before a change. @throws STORE_MISSING, STORE_REPLACED: nothing was changed then */
  require(): void;
  /**
   * Asked when a change is committed, before anybody is told so.
   *
   * SECURITY: a change that went into a file that nobody will open again is a lost change, and must not pass for a
   * made one.
   *
   * @throws STORE_MISSING, STORE_REPLACED
   */
  requireKept(): void;
}

type Displaced =
  | { readonly kind: 'gone' | 'replaced' }
  /** The database is there, but not what is written before it, or what processes agree by. */
  | { readonly kind: 'journal'; readonly file: string; readonly isGone: boolean };

/**
 * Remembers which files a connection opened. While they are open, no other file can have the same place on the disk:
 * comparing costs three looks at a name. A database that was deleted, moved or exchanged under an open connection
 * goes on to take changes as if nothing were wrong.
 */
export function rememberPlace(db: Database): InPlace {
  const path = db.name;
  const journals = [`${path}-wal`, `${path}-shm`];
  const opened = new Map([path, ...journals].map(file => [file, placeOf(file)]));

  const look = (): Displaced | undefined => {
    const now = placeOf(path);
    if (now === undefined) return { kind: 'gone' };
    if (now !== opened.get(path)) return { kind: 'replaced' };
    for (const file of journals) {
      const found = placeOf(file);
      // One that was not needed yet when the database was opened is this connection's own.
      if (opened.get(file) === undefined) opened.set(file, found);
      else if (found !== opened.get(file)) return { kind: 'journal', file, isGone: found === undefined };
    }
    return undefined;
  };

  /** Brings what was changed into the database itself, where no new journal was begun that this would run against. */
  const isSaved = (displaced: Displaced): boolean => {
    if (displaced.kind !== 'journal' || !displaced.isGone) return false;
    const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
    return result?.busy === 0;
  };

  return {
    require() {
      const displaced = look();
      if (!displaced) return;
      const saved = isSaved(displaced);
      throw failure(
        path,
        displaced,
        saved ? 'Everything until now is safe, and nothing was changed now.' : 'Nothing was changed now.',
      );
    },
    requireKept() {
      const displaced = look();
      if (!displaced || isSaved(displaced)) return;
      throw failure(path, displaced, 'This change may be lost: look for it when the database is back.');
    },
  };
}

/** Device and file on it; undefined where there is none. */
function placeOf(file: string): string | undefined {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev} ${stat.ino}`;
}

function failure(path: string, displaced: Displaced, outcome: string): KeysmithError {
  switch (displaced.kind) {
    case 'gone':
      return new KeysmithError(
        'STORE_MISSING',
        `The database ${path} is gone: it was deleted or moved away while Keysmith had it open. ${outcome} Put the data folder back, or restore a backup, and open Keysmith again.`,
      );
    case 'replaced':
      return new KeysmithError(
        'STORE_REPLACED',
        `Another database stands at ${path} than the one that Keysmith had open. ${outcome} Open Keysmith again to work with the one that is there now.`,
      );
    case 'journal':
      return new KeysmithError(
        'STORE_REPLACED',
        `The file ${displaced.file}, which belongs to the open database, was ${displaced.isGone ? 'deleted' : 'replaced'}. ${outcome} Close Keysmith everywhere and open it again.`,
      );
  }
}
