import Database from 'better-sqlite3';
import { translateErrors } from './store-errors.ts';

/** Lines of several files, sorted on the way out. */
export interface SortedLines {
  add(file: string, line: string): void;
  /** The lines of a file in ASCII byte order, each once. */
  read(file: string): Iterable<string>;
  close(): void;
}

/** What stands for the path of a database in messages. */
const TEMPORARY = 'the temporary files';

/**
 * Sorts more lines than memory should hold: SQLite keeps them in a temporary file of its own, which is gone when it
 * is closed, whatever happens to the process.
 */
export function openSortedLines(): SortedLines {
  const db = new Database('');
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.exec('CREATE TABLE line (file TEXT NOT NULL, line TEXT NOT NULL) STRICT; BEGIN');
  const insert = db.prepare('INSERT INTO line (file, line) VALUES (?, ?)');
  const sorted = db
    .prepare<[string], string>('SELECT DISTINCT line FROM line WHERE file = ? ORDER BY line')
    .pluck();
  return {
    add: (file, line) => void translateErrors(TEMPORARY, () => insert.run(file, line)),
    *read(file) {
      const lines = translateErrors(TEMPORARY, () => sorted.iterate(file));
      // Each step may sort, and write what it sorts.
      const next = () => translateErrors(TEMPORARY, () => lines.next());
      try {
        for (let line = next(); !line.done; line = next()) yield line.value;
      } finally {
        // Whoever stops early wants to close: an open statement would not let them.
        lines.return?.();
      }
    },
    close: () => void db.close(),
  };
}
