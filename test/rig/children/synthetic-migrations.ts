import { MIGRATIONS, type Migration } from '../../../main/store/migrate.ts';

/** Today's schema and one step more, as a future version of Keysmith would bring it. */
export const NEXT_MIGRATIONS: readonly Migration[] = [
  ...MIGRATIONS,
  {
    subject: 'synthetic',
    up(db, onPart) {
      // Not written to be run twice: a second run fails.
      db.exec('CREATE TABLE synthetic (name TEXT NOT NULL) STRICT');
      onPart(1, 2);
      db.exec('INSERT INTO synthetic SELECT name FROM key');
    },
  },
];

/** A step that fails half-way. */
export const FAILING_MIGRATIONS: readonly Migration[] = [
  ...MIGRATIONS,
  {
    subject: 'failing',
    up(db) {
      db.exec('CREATE TABLE half_done (name TEXT) STRICT');
      db.exec('DELETE FROM key_grant');
      throw new Error('This step fails half-way.');
    },
  },
];
