import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Looks into the database beside the app, as anyone with `sqlite3` could. */
export function query(folder: string, sql: string, ...values: unknown[]): Record<string, unknown>[] {
  const db = new Database(join(folder, 'keysmith.db'), { readonly: true, fileMustExist: true });
  try {
    return db.prepare(sql).all(...values) as Record<string, unknown>[];
  } finally {
    db.close();
  }
}

/** Changes the database beside the app, as someone with `sqlite3` would who thinks that nobody notices. */
export function editByHand(folder: string, sql: string, ...values: unknown[]): void {
  const db = new Database(join(folder, 'keysmith.db'), { fileMustExist: true });
  try {
    db.prepare(sql).run(...values);
  } finally {
    db.close();
  }
}

/** Every byte of every file under the folder. */
export function bytesOf(folder: string): Buffer {
  return Buffer.concat(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map(name => join(folder, name))
      .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile())
      .map(path => readFileSync(path)),
  );
}
