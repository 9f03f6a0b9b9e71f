import { requireFreeName } from '../keys/create-key.ts';
import type { KeyDraft } from '../keys/draft-key.ts';
import { type DraftOne, draftMany, type KeyTexts } from '../keys/draft-many.ts';
import { given } from '../keys/errors.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader, Store } from '../keys/ports.ts';
import { fold } from '../keys/text.ts';
import type { CsvRow } from './csv-rows.ts';
import { readCsv } from './csv-rows.ts';
import {
  type Header,
  type ImportMistake,
  isMistakes,
  readHeader,
  readRow,
  toMistake,
  without,
} from './import-rows.ts';
import type { CheckedFile, ImportCheckJob, ImportProgress } from './jobs.ts';

/** Mistakes that are listed; beyond them, they are only counted. */
export const MAX_LISTED = 1000;
/** Rows that are shown as they would be issued. */
const PREVIEW_ROWS = 20;

/**
 * Checks a file of keys from its first to its last row; issues nothing. In memory are the names, and one piece at a
 * time.
 *
 * @throws FILE_UNREADABLE, SERVICE_NOT_FOUND, TAMPERED
 */
export async function checkImport(
  store: Store,
  { file, size, service: slug, skip, now }: ImportCheckJob,
  onProgress: (progress: ImportProgress) => void,
): Promise<CheckedFile> {
  const service = requireService(store, slug);
  const draft = draftMany(service, store.catalog(service.ref));
  const mistakes: ImportMistake[] = [];
  const preview: KeyDraft[] = [];
  let mistakeCount = 0;
  let header: Header | undefined;
  let rows = 0;
  const add = (...found: readonly ImportMistake[]) => {
    mistakeCount += found.length;
    mistakes.push(...found.slice(0, Math.max(0, MAX_LISTED - mistakes.length)));
  };
  const names = new Map<string, number>();
  const checkRow = (columns: Header, row: CsvRow) => {
    rows += 1;
    const texts = readRow(columns, row);
    if (isMistakes(texts)) return add(...texts);
    // What was issued already was right then, and has its name.
    const isIssued = rows <= skip;
    const taken = nameMistake(store, service.ref, { row, name: texts.name, names, isIssued });
    if (isIssued) return;
    const drafted = draftOrMistakes(draft, texts, row.line, now);
    const found = isMistakes(drafted) ? [...drafted] : [];
    if (taken && !found.some(({ column }) => column === 'name')) found.push(taken);
    if (found.length > 0) add(...found);
    else if (preview.length < PREVIEW_ROWS) preview.push(drafted as KeyDraft);
  };

  /** False when the header cannot be read. */
  const readNext = (row: CsvRow): boolean => {
    if (header) {
      checkRow(header, row);
      return true;
    }
    const found = readHeader(row);
    if (!isMistakes(found)) {
      header = found;
      return true;
    }
    add(...found);
    return false;
  };

  const pieces = readCsv(file);
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) {
      const { sha256, broken } = value;
      if (broken) {
        add({
          line: broken.line,
          column: (broken.cell !== undefined && header?.[broken.cell]) || null,
          code: 'CSV_INVALID',
          message: `The row ${broken.why}. What follows it was not checked.`,
        });
      } else if (!header && mistakeCount === 0) {
        add({
          line: 1,
          column: null,
          code: 'CSV_INVALID',
          message: 'The file is empty. Allowed is a header and a row for each key.',
        });
      } else if (rows === 0 && mistakeCount === 0) {
        add({
          line: 2,
          column: null,
          code: 'CSV_INVALID',
          message: 'The file has a header, and no row below it. Allowed is a row for each key.',
        });
      }
      return {
        sha256: sha256.toString('hex'),
        rows,
        columns: header ?? [],
        mistakes,
        mistakeCount,
        preview,
      };
    }
    // In one transaction: beginning one for each name would take longer than looking it up.
    const isReadable = store.snapshot(() => value.rows.every(readNext));
    if (!isReadable) {
      // Without columns, nothing can be said of what follows.
      await pieces.return(undefined as never);
      return { sha256: '', rows: 0, columns: [], mistakes, mistakeCount, preview };
    }
    onProgress({ phase: 'checking', done: value.read, total: Math.max(size, value.read) });
  }
}

interface Named {
  readonly row: CsvRow;
  readonly name: string;
  readonly names: Map<string, number>;
  readonly isIssued: boolean;
}

/** Whether a name is free: in the file, and in the service. */
function nameMistake(
  reader: Reader,
  serviceRef: Parameters<typeof requireFreeName>[1],
  { row: { line }, name, names, isIssued }: Named,
): ImportMistake | undefined {
  const folded = fold(name);
  const first = names.get(folded);
  if (first !== undefined) {
    return {
      line,
      column: 'name',
      code: 'NAME_TAKEN',
      message: `The name ${given(name)} is in line ${first} already. Names are unique within a service, whatever their case.`,
    };
  }
  names.set(folded, line);
  if (isIssued || !reader.isNameTaken(serviceRef, name)) return undefined;
  try {
    requireFreeName(reader, serviceRef, name);
    return undefined;
  } catch (error) {
    return toMistake(line, error);
  }
}

/** Everything that is wrong with a row, one mistake a column. */
function draftOrMistakes(
  draft: DraftOne,
  asked: KeyTexts,
  line: number,
  now: number,
): KeyDraft | readonly ImportMistake[] {
  const found: ImportMistake[] = [];
  let texts: KeyTexts | undefined = asked;
  while (texts) {
    try {
      const drafted = draft(texts, now);
      return found.length === 0 ? drafted : found;
    } catch (error) {
      const mistake = toMistake(line, error);
      if (found.some(({ column }) => column === mistake.column)) break;
      found.push(mistake);
      texts = without(texts, mistake.column);
    }
  }
  return found;
}
