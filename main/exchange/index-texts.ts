import { openDatabase } from '../store/open-database.ts';
import { translateErrors } from '../store/store-errors.ts';
import { indexAll } from '../store/text-backlog.ts';

/** Puts the texts that an import left into the search's index. @throws STORE_* */
export function indexTexts(database: string): void {
  const db = openDatabase(database);
  try {
    translateErrors(database, () => indexAll(db));
  } finally {
    db.close();
  }
}
