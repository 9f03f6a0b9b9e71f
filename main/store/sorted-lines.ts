import Database from 'better-sqlite3';
import { translateErrors } from './store-errors.ts';

/** Lines of several files, sorted on the way out. */
export interface SortedLines {
  add(file: string, line: string): void;
  /** The lines of a file in ASCII byte order, each once. */
  read(file: string): Iterable<string>;
  close(): void;
}

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
    add: (file, line) => void translateErrors('the temporary files', () => insert.run(file, line)),
    read: file => sorted.iterate(file),
    close: () => void db.close(),
  };
}
