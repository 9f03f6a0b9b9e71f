import type { KeyTexts } from '../keys/draft-many.ts';
import { type ErrorCode, given, KeysmithError } from '../keys/errors.ts';
import { IMPORT_COLUMNS, type ImportColumn } from '../keys/key-import.ts';
import type { CsvRow } from './csv-rows.ts';

/** One thing that is wrong in a file of keys. */
export interface ImportMistake {
  /** From 1; the line on which the row starts. */
  readonly line: number;
  /** As the header calls it; null where the whole row, or the file, is at fault. */
  readonly column: string | null;
  readonly code: ErrorCode;
  /** What was given and what is allowed, in a sentence or two. */
  readonly message: string;
}

/** The columns of a file, by place. */
export type Header = readonly ImportColumn[];

const MEMBERS: Readonly<Record<ImportColumn, keyof KeyTexts>> = {
  name: 'name',
  description: 'description',
  owner: 'owner',
  kind: 'kind',
  permissions: 'permissions',
  roles: 'roles',
  allowed_ips: 'allowedIps',
  expires: 'expires',
};

const NOTHING: KeyTexts = {
  name: '',
  description: '',
  owner: '',
  kind: '',
  permissions: '',
  roles: '',
  allowedIps: '',
  expires: '',
};

/** Reads the first row. @returns the columns, or what is wrong with them */
export function readHeader({ line, cells }: CsvRow): Header | readonly ImportMistake[] {
  const mistakes: ImportMistake[] = [];
  const allowed = `Allowed are ${IMPORT_COLUMNS.join(', ')}; only name is required.`;
  const wrong = (column: string, why: string) =>
    mistakes.push({
      line,
      column,
      code: 'CSV_COLUMNS',
      message: `The column ${given(column)} ${why} ${allowed}`,
    });
  const names = cells.map(cell => cell.trim());
  for (const [place, name] of names.entries()) {
    if (name.includes('\0')) return [notText(line, null)];
    if (!(IMPORT_COLUMNS as readonly string[]).includes(name)) wrong(name, 'is not known.');
    else if (names.indexOf(name) !== place) wrong(name, 'is there twice.');
  }
  if (!names.includes('name'))
    mistakes.push({
      line,
      column: null,
      code: 'CSV_COLUMNS',
      message: `The first line names the columns, and there is no column "name". ${allowed}`,
    });
  return mistakes.length > 0 ? mistakes : (names as ImportColumn[]);
}

/** Reads one row. @returns what it asks for, or what is wrong with it */
export function readRow(header: Header, { line, cells }: CsvRow): KeyTexts | readonly ImportMistake[] {
  if (cells.length !== header.length) return [wrongCount(line, cells.length, header.length)];
  const texts = { ...NOTHING };
  let mistakes: ImportMistake[] | undefined;
  for (let place = 0; place < header.length; place += 1) {
    const column = header[place] as ImportColumn;
    const cell = cells[place] as string;
    if (cell.includes('\0')) {
      mistakes ??= [];
      mistakes.push(notText(line, column));
    } else (texts as Record<keyof KeyTexts, string>)[MEMBERS[column]] = unguard(cell);
  }
  return mistakes ?? texts;
}

export function isMistakes<T extends object>(
  result: T | readonly ImportMistake[],
): result is readonly ImportMistake[] {
  return Array.isArray(result) && typeof result[0] === 'object';
}

/** Inventories put a `'` before what a spreadsheet could take for a formula; a reader strips exactly one. */
function unguard(cell: string): string {
  return /^'[=+\-@\t\r']/.test(cell) ? cell.slice(1) : cell;
}

function wrongCount(line: number, found: number, expected: number): ImportMistake {
  const cells = (count: number) => `${count} ${count === 1 ? 'cell' : 'cells'}`;
  return {
    line,
    column: null,
    code: 'CSV_INVALID',
    message: `The row has ${cells(found)}, and the header ${cells(expected)}. A cell that contains a comma stands in quotes.`,
  };
}

function notText(line: number, column: string | null): ImportMistake {
  return {
    line,
    column,
    code: 'CSV_INVALID',
    message: `${column === null ? 'The header' : 'The cell'} contains a NUL, or bytes that are not UTF-8. Allowed is text in UTF-8: save the file as "CSV UTF-8".`,
  };
}

/** What a parser refused, as a mistake of a row. @throws what is no expected failure */
export function toMistake(line: number, error: unknown): ImportMistake {
  if (!(error instanceof KeysmithError)) throw error;
  const { code, message, field } = error;
  const column = code === 'KIND_NOT_ALLOWED' ? 'kind' : (field ?? null);
  return { line, column, code, message };
}

/** The row without what one of its columns asks for, to see what else is wrong with it. */
export function without(texts: KeyTexts, column: string | null): KeyTexts | undefined {
  if (column === null || !(column in MEMBERS)) return undefined;
  return { ...texts, [MEMBERS[column as ImportColumn]]: column === 'name' ? 'a name' : '' };
}
